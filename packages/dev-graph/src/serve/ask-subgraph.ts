import { randomUUID } from 'node:crypto';
import type { GraphQLDataSource } from '@apollo/gateway';
import { type Caller, type ContextSigner, contextHeader } from '@tavolo/caller-context';
import { createDeadline } from '@tavolo/deadline';
import { z } from 'zod';
import type { MockSubgraph } from '../mock/mock-subgraph.ts';

type Options = Parameters<GraphQLDataSource['process']>[0];
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

const answer = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).nullish(),
});

const callTimeoutMs = 30_000;
const mostBytes = 20_000_000;

/** A running subgraph and who is said to ask it. */
export interface RunningSubgraph {
  readonly name: string;
  readonly url: string;
  readonly signer: ContextSigner;
  readonly caller: Omit<Caller, 'requestId'>;
}

/** Asks a running subgraph as a gateway does: a context signed for this call, a deadline, no redirects. */
export function createRunningSource(subgraph: RunningSubgraph): GraphQLDataSource {
  const { name, url, signer, caller } = subgraph;
  return {
    async process({ request }: Options): Promise<Answer> {
      const requestId = randomUUID();
      const body = JSON.stringify({
        query: request.query,
        ...(request.variables ? { variables: request.variables } : {}),
        ...(request.operationName ? { operationName: request.operationName } : {}),
      });
      const deadline = createDeadline(callTimeoutMs);
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'x-request-id': requestId,
            'x-deadline-ms': String(callTimeoutMs),
            [contextHeader]: signer.sign({ ...caller, requestId }, name, body),
          },
          body,
          redirect: 'error',
          signal: deadline.signal,
        });
        const read = answer.safeParse(parse(await readBounded(response)));
        if (!read.success || (read.data.data === undefined && !read.data.errors)) {
          return failed(name, `answered ${response.status} with no GraphQL answer`);
        }
        // Null or a record of what was asked, and errors with a message each: what the executor reads.
        return { data: read.data.data ?? null, errors: read.data.errors ?? undefined } as Answer;
      } catch (error) {
        return failed(name, reasonOf(error, url));
      } finally {
        deadline.release();
      }
    },
  };
}

/** Asks a mocked subgraph, in this process. */
export function createMockSource(mock: MockSubgraph): GraphQLDataSource {
  return {
    async process({ request }: Options): Promise<Answer> {
      const { query = '', variables, operationName } = request;
      // A formatted result is what travels between a subgraph and a gateway.
      return await mock.answer({ query, variables: variables ?? {}, operationName });
    },
  };
}

/** A subgraph that cannot answer costs its own fields and no more, as behind the hub's gateway. */
function failed(name: string, reason: string): Answer {
  return {
    data: null,
    // The executor reads message and extensions of an error, and nothing else of the class.
    errors: [{ message: `${name} ${reason}`, extensions: { code: 'UNAVAILABLE', subgraph: name } }],
  };
}

function reasonOf(error: unknown, url: string): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return `does not listen at ${url}: start it, then ask again`;
  if (cause instanceof Error && cause.message === 'unexpected redirect') {
    return `redirects (${url}); a gateway does not follow`;
  }
  return `could not be asked at ${url}${code === '' ? '' : ` (${code})`}`;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Fetch's own type of a body does not say what its chunks are.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw Object.assign(new Error('too long'), { code: 'ANSWER_TOO_LONG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
