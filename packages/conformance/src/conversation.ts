import type { Caller } from '@tavolo/caller-context';
import { contextHeader } from '@tavolo/caller-context';
import { createDeadline } from '@tavolo/deadline';
import { Agent } from 'undici';
import type { ConformanceLimits } from './conformance-limits.ts';
import type { ContextChanges, ContextForge } from './forge-context.ts';
import { type HttpAnswer, NoAnswer } from './http-answer.ts';

/** How a call differs from one of the gateway's. */
export interface CallOptions {
  readonly caller?: Caller;
  /** Null = no context, a text = this one, several = a header line each; a right one when absent. */
  readonly context?: string | readonly string[] | null;
  readonly changes?: ContextChanges;
  readonly contentType?: string;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly method?: 'POST' | 'GET';
  /** Instead of the path of the GraphQL endpoint. */
  readonly path?: string;
}

/** The talk with the subgraph under test: each call as the gateway's, but for what is asked for otherwise. */
export interface Conversation {
  /** Whoever may see everything. */
  readonly anybody: Caller;
  /** The path of its GraphQL endpoint. */
  readonly path: string;
  /** `what` says in words what is sent, without values. Rejects with `NoAnswer`. */
  post(what: string, body: string, options?: CallOptions): Promise<HttpAnswer>;
  ask(
    what: string,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export function createConversation(options: {
  readonly endpoint: URL;
  readonly forge: ContextForge;
  readonly anybody: Caller;
  readonly limits: ConformanceLimits;
  readonly newId: () => string;
  readonly signal: AbortSignal;
  /** Sees every answer. */
  readonly onAnswer: (what: string, answer: HttpAnswer, sent: string) => void;
}): Conversation {
  const { endpoint, forge, anybody, limits, newId, onAnswer } = options;
  const agent = new Agent({ connections: 32, headersTimeout: 0, bodyTimeout: 0 });
  const path = `${endpoint.pathname}${endpoint.search}`;

  function headersOf(body: string, call: CallOptions): string[] {
    const { caller = anybody, changes, context = forge.make(body, caller, changes) } = call;
    const contexts = context === null ? [] : [context].flat();
    return [
      ['x-request-id', newId()],
      ['x-deadline-ms', String(call.deadlineMs ?? limits.callTimeoutMs)],
      ['accept', 'application/graphql-response+json, application/json;q=0.9'],
      ['accept-encoding', 'identity'],
      ...(call.method === 'GET' ? [] : [['content-type', call.contentType ?? 'application/json']]),
      ...contexts.map((text) => [contextHeader, text]),
    ].flat();
  }

  async function post(what: string, body: string, call: CallOptions = {}): Promise<HttpAnswer> {
    const time = createDeadline(limits.callTimeoutMs, call.signal ?? options.signal);
    const startedAt = performance.now();
    const { method = 'POST' } = call;
    try {
      const response = await agent.request({
        origin: endpoint.origin,
        path: call.path ?? path,
        method,
        headers: headersOf(body, call),
        body: method === 'POST' ? body : null,
        signal: time.signal,
      });
      response.body.on('error', () => undefined);
      try {
        const text = await readAtMost(response.body, limits.maxAnswerBytes, what);
        const answer: HttpAnswer = {
          status: response.statusCode,
          mediaType: firstOf(response.headers['content-type'])
            .split(';', 1)
            .join('')
            .trim()
            .toLowerCase(),
          contentEncoding: firstOf(response.headers['content-encoding']) || null,
          text,
          json: parsed(text),
          milliseconds: performance.now() - startedAt,
        };
        onAnswer(what, answer, body);
        return answer;
      } finally {
        response.body.destroy();
      }
    } catch (error) {
      throw noAnswerOf(error, what, time.signal, limits.callTimeoutMs);
    } finally {
      time.release();
    }
  }

  return {
    anybody,
    path,
    post,
    ask: (what, query, variables = {}, call) =>
      post(what, JSON.stringify({ query, variables }), call),
    close: () => agent.destroy(),
  };
}

async function readAtMost(
  body: AsyncIterable<unknown>,
  maxBytes: number,
  what: string,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array); // undici's bodies have no encoding set
    size += bytes.length;
    if (size > maxBytes) {
      throw new NoAnswer(what, 'TOO_LARGE', `an answer of more than ${maxBytes} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const firstOf = (header: string | string[] | undefined): string =>
  (Array.isArray(header) ? header[0] : header) ?? '';

function noAnswerOf(error: unknown, what: string, signal: AbortSignal, ms: number): NoAnswer {
  if (error instanceof NoAnswer) return error;
  if (signal.aborted && signal.reason === 'TIMEOUT') {
    return new NoAnswer(what, 'TIMEOUT', `no answer within ${ms} ms`);
  }
  if (signal.aborted) return new NoAnswer(what, 'CANCELLED', 'the call was cancelled');
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string'
      ? ` (${error.code})`
      : '';
  return new NoAnswer(what, 'CONNECTION', `the connection failed or was closed${code}`);
}
