import { createServer, type Server } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { z } from 'zod';

/** A schema with the functions that answer it, as `buildSubgraphSchema` takes them. */
export interface MemorySubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: NonNullable<
    Exclude<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]> extends infer Module
      ? Module extends { resolvers?: infer Resolvers }
        ? Resolvers
        : never
      : never
  >;
}

export interface MemorySubgraphs {
  /** By subgraph name; of its GraphQL endpoint. */
  readonly urls: Readonly<Record<string, string>>;
  /** Questions heard since the start, of all of them. */
  readonly fetches: number;
  close(): Promise<void>;
}

/** So many different questions are kept answered; the oldest goes first. */
const keptAnswers = 1_000;
const question = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Subgraphs that cost next to nothing: each question is worked out once, and its bytes are repeated to whoever
 * sends the same body. What a gateway can do is then never hidden by what its subgraphs cannot.
 */
export async function startMemorySubgraphs(
  subgraphs: readonly MemorySubgraph[],
): Promise<MemorySubgraphs> {
  const servers: Server[] = [];
  const urls: Record<string, string> = {};
  let fetches = 0;
  for (const { name, sdl, resolvers } of subgraphs) {
    const answer = createRepeater(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]));
    const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => void chunks.push(chunk));
      request.on('end', () => {
        fetches += 1;
        answer(Buffer.concat(chunks).toString('latin1')).then(
          (bytes) =>
            response
              .writeHead(200, {
                'content-type': 'application/json',
                'content-length': bytes.length,
              })
              .end(bytes),
          () => response.writeHead(500).end(),
        );
      });
    });
    servers.push(server);
    urls[name] = `${await listen(server)}/graphql`;
  }
  return {
    urls,
    get fetches() {
      return fetches;
    },
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** The body comes byte by byte, as Latin-1: reading it as UTF-8 is left to those that were not heard before. */
function createRepeater(schema: GraphQLSchema): (body: string) => Promise<Buffer> {
  const answers = new Map<string, Buffer>();
  return async (body) => {
    const kept = answers.get(body);
    if (kept) return kept;
    const { query, variables } = question.parse(
      JSON.parse(Buffer.from(body, 'latin1').toString('utf8')),
    );
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables ?? {},
    });
    const bytes = Buffer.from(JSON.stringify(result));
    const [oldest] = answers.keys();
    if (answers.size >= keptAnswers && oldest !== undefined) answers.delete(oldest);
    answers.set(body, bytes);
    return bytes;
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  return `http://127.0.0.1:${address.port}`;
}
