import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  contextHeader,
  contextIssuer,
  contextKeys,
  createContextVerifier,
} from '@tavolo/caller-context';
import { graphql, parse } from 'graphql';
import { trainingSdl } from './test-graph.fixture.ts';

/** A partner's subgraph as a process of its own: takes signed calls only, and knows one person. */
const verifier = createContextVerifier({
  keys: contextKeys.parse(JSON.parse(process.argv[2] ?? '')),
  audience: 'training',
  issuer: contextIssuer,
  now: () => new Date(),
});
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(trainingSdl),
    resolvers: {
      Query: {
        askedBy: (_: unknown, _args: unknown, caller: { roles: string[] }) => caller.roles.join(),
      },
      Person: {
        courses: ({ trainingKey }: { trainingKey: string }) =>
          trainingKey === 'trainee-1' ? [{ title: 'Italian A2' }] : [],
      },
    },
  },
]);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  request.on('end', () => {
    const bytes = Buffer.concat(chunks);
    const header = request.headers[contextHeader];
    const caller = verifier.verify(typeof header === 'string' ? header : undefined, bytes);
    // What a gateway sends.
    const { query, variables } = JSON.parse(String(bytes)) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    void graphql({ schema, source: query, variableValues: variables, contextValue: caller }).then(
      (result) => response.writeHead(200).end(JSON.stringify(result)),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
process.on('disconnect', () => process.exit());
