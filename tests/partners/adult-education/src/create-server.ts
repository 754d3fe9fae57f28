import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Answer, SourceState } from './create-graphql.ts';
import type { CallContext } from './create-schema.ts';
import { createLoaders } from './loaders.ts';
import { readBody } from './read-body.ts';
import type { Store } from './store.ts';
import type { Verdict } from './verify-context.ts';

export interface ServerOptions {
  readonly verify: (header: readonly string[], body: Uint8Array) => Verdict;
  readonly answer: Answer;
  readonly store: Store;
  readonly source: () => SourceState;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly isReady: () => boolean;
}

const LARGEST_BODY = 4 * 1024 * 1024;
/** What the contract lets a call take at the most; the gateway may ask for less. */
const LONGEST_MS = 10_000;

function send(response: ServerResponse, status: number, text: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  extensions: Readonly<Record<string, unknown>>,
): void {
  send(response, status, JSON.stringify({ errors: [{ message, extensions }] }));
}

function readDeadline(header: string | string[] | undefined): number {
  const asked =
    typeof header === 'string' && /^\d{1,9}$/u.test(header) ? Number(header) : LONGEST_MS;
  return Math.min(asked, LONGEST_MS);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { verify, answer, store, source, log }: ServerOptions,
): Promise<void> {
  const deadline = readDeadline(request.headers['x-deadline-ms']);
  const body = await readBody(request, LARGEST_BODY);
  if (body === null) {
    response.setHeader('connection', 'close');
    refuse(response, 413, 'A request has 4 MiB at the most.', { code: 'PAYLOAD_TOO_LARGE' });
    request.resume();
    return;
  }
  const verdict = verify(request.headersDistinct['tavolo-context'] ?? [], body);
  if ('reason' in verdict) {
    log({ event: 'refused', reason: verdict.reason });
    refuse(response, 401, 'The call has no valid context of the gateway.', {
      code: 'UNAUTHENTICATED',
      reason: verdict.reason,
    });
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    refuse(response, 405, 'Questions are sent by POST.', { code: 'BAD_REQUEST' });
    return;
  }
  if (!/^application\/json(?:;|$)/iu.test(request.headers['content-type'] ?? '')) {
    refuse(response, 415, 'Questions are sent as application/json.', { code: 'BAD_REQUEST' });
    return;
  }
  const { caller } = verdict;
  const { purposeId, purposeVersion, requestId, user } = caller;
  log({ event: 'asked', purposeId, purposeVersion, requestId, user });
  const call: CallContext = { caller, loaders: createLoaders(store, caller.districts) };
  const stop = new AbortController();
  const hungUp = (): void => {
    stop.abort();
  };
  response.once('close', hungUp);
  const timer = setTimeout(() => {
    stop.abort();
    const error = { message: 'The time of the call is over.', extensions: { code: 'TIMEOUT' } };
    send(response, 504, JSON.stringify({ errors: [error], extensions: { source: source() } }));
  }, deadline);
  try {
    const { status, text } = await answer(body, stop.signal, call);
    send(response, status, text);
  } finally {
    clearTimeout(timer);
    response.off('close', hungUp);
  }
}

/** The HTTP side: health for everybody, questions for who was verified, nothing else. */
export function createServer(options: ServerOptions): Server {
  return createHttpServer({ requestTimeout: 30_000 }, (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === '/health/live') {
      send(response, 200, '{"status":"ok"}');
      return;
    }
    if (path === '/health/ready') {
      send(response, options.isReady() ? 200 : 503, '{}');
      return;
    }
    if (path !== '/graphql') {
      refuse(response, 404, 'There is nothing here.', { code: 'NOT_FOUND' });
      return;
    }
    serve(request, response, options).catch(() => {
      if (response.destroyed) return;
      // The text of the error may quote what was asked, so only its event is written down.
      options.log({ event: 'failed' });
      refuse(response, 500, 'The adult education centre could not answer.', {
        code: 'INTERNAL_SERVER_ERROR',
      });
    });
  });
}
