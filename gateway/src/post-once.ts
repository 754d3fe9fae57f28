import { AddressRefused } from '@tavolo/routing-address';
import type { Dispatcher } from 'undici';
import { SubgraphFailure } from './subgraph-failure.ts';

interface Post {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly maxAnswerBytes: number;
}

const jsonTypes = new Set(['application/json', 'application/graphql-response+json']);
const passingStatuses = new Set([502, 503, 504]);

/**
 * One HTTP exchange. Follows no redirect, reads no more than allowed, accepts only JSON; whatever else comes
 * back becomes a {@link SubgraphFailure} that holds nothing of it.
 */
export async function postOnce(dispatcher: Dispatcher, post: Post): Promise<object> {
  let response: Dispatcher.ResponseData;
  try {
    response = await dispatcher.request({
      method: 'POST',
      path: post.path,
      body: post.body,
      signal: post.signal,
      headers: {
        ...post.headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        // What is counted is what is parsed: a compressed answer could hide its size.
        'accept-encoding': 'identity',
      },
    });
  } catch (error) {
    throw failureOf(error, post.signal);
  }
  try {
    return await readAnswer(response, post);
  } catch (error) {
    throw failureOf(error, post.signal);
  } finally {
    // A refused answer is not read to its end: its socket goes with it. No effect once all was read.
    response.body.destroy();
  }
}

async function readAnswer(response: Dispatcher.ResponseData, post: Post): Promise<object> {
  const { statusCode, headers, body } = response;
  // An answer cut off on purpose reports its own end as an error that nobody needs.
  body.on('error', () => undefined);
  if (statusCode === 401 || statusCode === 403) {
    throw new SubgraphFailure('BAD_STATUS', { denied: true });
  }
  if (statusCode >= 300 && statusCode < 400) throw new SubgraphFailure('REDIRECTED');
  const retryAfterSeconds = readRetryAfter(headers['retry-after']);
  if (passingStatuses.has(statusCode)) {
    throw new SubgraphFailure('BAD_STATUS', { retriable: true, retryAfterSeconds });
  }
  if (statusCode === 429) throw new SubgraphFailure('BAD_STATUS', { retryAfterSeconds });
  const isJson = jsonTypes.has(mediaType(headers['content-type']));
  const isPlain =
    headers['content-encoding'] === undefined || headers['content-encoding'] === 'identity';
  if (!isJson || !isPlain) {
    throw new SubgraphFailure(statusCode >= 400 ? 'BAD_STATUS' : 'NOT_JSON');
  }
  if (Number(headers['content-length'] ?? 0) > post.maxAnswerBytes) {
    throw new SubgraphFailure('TOO_LARGE');
  }
  const answer = parseObject(await readAtMost(body, post.maxAnswerBytes));
  // GraphQL over HTTP gives errors 4xx and 5xx statuses; anything else under them is not an answer.
  if (statusCode >= 400 && !('errors' in answer)) throw new SubgraphFailure('BAD_STATUS');
  return answer;
}

async function readAtMost(body: AsyncIterable<unknown>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new SubgraphFailure('INVALID_ANSWER');
    size += chunk.length;
    if (size > maxBytes) throw new SubgraphFailure('TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text; it is left out on purpose.
    throw new SubgraphFailure('INVALID_ANSWER');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SubgraphFailure('INVALID_ANSWER');
  }
  return value;
}

function failureOf(error: unknown, signal: AbortSignal): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  if (signal.aborted) {
    return new SubgraphFailure(signal.reason === 'TIMEOUT' ? 'TIMEOUT' : 'CANCELLED');
  }
  if (error instanceof AddressRefused) return new SubgraphFailure('ADDRESS_REFUSED');
  // All that is left are errors of the socket: refused, reset, closed in the middle, name not found.
  return new SubgraphFailure('CONNECTION_FAILED', { retriable: true, cause: error });
}

function mediaType(header: string | string[] | undefined): string {
  const value = Array.isArray(header) ? header[0] : header;
  return (value ?? '').split(';', 1).join('').trim().toLowerCase();
}

/** Only the form in seconds, and only a believable one: the value goes on to the reader. */
function readRetryAfter(header: string | string[] | undefined): number | undefined {
  const seconds = typeof header === 'string' ? Number(header) : Number.NaN;
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600 ? seconds : undefined;
}
