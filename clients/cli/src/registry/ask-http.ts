import { createDeadline } from '@tavolo/deadline';
import { CommandFailure, codeOf, NotReached } from '../cli-error.ts';

/** One question over HTTP. */
export interface HttpQuestion {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object | undefined;
  readonly timeoutMs: number;
  /** What is asked, for who reads that it did not answer: `the registry`. */
  readonly whom: string;
}

/** What came, read to a limit. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly etag: string | null;
  readonly text: string;
}

const mostBytes = 32_000_000;

/** Asks once, follows no redirect (a token goes where it was sent), and rejects with {@link NotReached}. */
export async function askHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const { method, url, headers, body, timeoutMs, whom } = question;
  const deadline = createDeadline(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: deadline.signal,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new NotReached(
        `${whom} at ${url.origin} sends elsewhere (${response.status}), which is not followed: use its own address`,
      );
    }
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      etag: response.headers.get('etag'),
      text: await readText(response, whom),
    };
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    if (deadline.signal.aborted) {
      throw new NotReached(
        `${whom} at ${url.origin} did not answer within ${timeoutMs / 1000} s. It may have done what was asked: look before you repeat it (--timeout SECONDS waits longer)`,
      );
    }
    throw new NotReached(
      `${whom} at ${url.origin} cannot be reached (${causeOf(error)}): is it up, and is the address right?`,
      { cause: error },
    );
  } finally {
    deadline.release();
  }
}

async function readText(response: Response, whom: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The type of a body says nothing of its chunks; those of fetch are bytes.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw new NotReached(`${whom} answered with more than ${mostBytes / 1_000_000} MB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `ECONNREFUSED`: fetch hides it one or two causes below. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return codeOf(cause);
}
