import { setTimeout as delay } from 'node:timers/promises';
import { createDeadline } from '@tavolo/deadline';
import { type Dispatcher, request } from 'undici';
import { type FhirBundle, fhirBundle } from './fhir-resources.ts';

/** A FHIR server that could not be read; `code` is what callers and logs may know of it. */
export class FhirServerError extends Error {
  readonly code:
    | 'UNREACHABLE'
    | 'HTTP_STATUS'
    | 'NOT_JSON'
    | 'NOT_A_BUNDLE'
    | 'TOO_LARGE'
    | 'OTHER_ORIGIN'
    | 'TOO_MANY_PAGES';

  constructor(code: FhirServerError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FhirServerError';
    this.code = code;
  }
}

export interface FhirClientOptions {
  /** Ends in a slash. */
  readonly baseUrl: URL;
  readonly timeoutMs: number;
  readonly maxPageBytes: number;
  /** Attempts for one page, the first included. */
  readonly maxAttempts: number;
  readonly maxRetryAfterMs: number;
  readonly firstRetryMs: number;
  readonly signal: AbortSignal;
  readonly dispatcher?: Dispatcher;
}

export interface FhirPage {
  readonly bundle: FhirBundle;
  readonly next: URL | null;
}

/**
 * Reads one page of a search. Redirects aren't followed, and `next` must stay on the server's own origin and
 * path: whoever could point it elsewhere would make the service send requests for them.
 */
export async function readFhirPage(url: URL, options: FhirClientOptions): Promise<FhirPage> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryOnce(url, options);
    if ('bundle' in answer)
      return { bundle: answer.bundle, next: nextOf(answer.bundle, options.baseUrl) };
    if (!answer.isTransient || attempt >= options.maxAttempts) throw answer.error;
    const waitMs = answer.retryAfterMs ?? options.firstRetryMs * 2 ** (attempt - 1);
    await delay(Math.min(waitMs, options.maxRetryAfterMs), undefined, { signal: options.signal });
  }
}

type Answer =
  | { readonly bundle: FhirBundle }
  | {
      readonly error: FhirServerError;
      readonly isTransient: boolean;
      readonly retryAfterMs?: number;
    };

async function tryOnce(url: URL, options: FhirClientOptions): Promise<Answer> {
  const failure = (
    code: FhirServerError['code'],
    message: string,
    isTransient = false,
  ): Answer => ({
    error: new FhirServerError(code, message),
    isTransient,
  });
  let response: Dispatcher.ResponseData;
  let text: string;
  const deadline = createDeadline(options.timeoutMs, options.signal);
  try {
    response = await request(url, {
      headers: { accept: 'application/fhir+json' },
      signal: deadline.signal,
      ...(options.dispatcher ? { dispatcher: options.dispatcher } : {}),
    });
    const body = await readBody(response.body, options.maxPageBytes);
    if (body === null)
      return failure('TOO_LARGE', `page is larger than ${options.maxPageBytes} bytes`);
    text = body;
  } catch (cause) {
    if (options.signal.aborted) throw cause;
    const error = new FhirServerError('UNREACHABLE', 'FHIR server did not answer', { cause });
    return { error, isTransient: true };
  } finally {
    deadline.release();
  }
  const { statusCode, headers } = response;
  if (statusCode === 429 || statusCode >= 500) {
    const retryAfterMs = readRetryAfter(headers['retry-after']);
    return {
      error: new FhirServerError('HTTP_STATUS', `FHIR server answered ${statusCode}`),
      isTransient: true,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    };
  }
  if (statusCode !== 200) return failure('HTTP_STATUS', `FHIR server answered ${statusCode}`);
  return readBundle(text, failure);
}

function readBundle(
  text: string,
  failure: (code: 'NOT_JSON' | 'NOT_A_BUNDLE', message: string) => Answer,
): Answer {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return failure('NOT_JSON', 'FHIR server did not answer with JSON');
  }
  const parsed = fhirBundle.safeParse(content);
  return parsed.success
    ? { bundle: parsed.data }
    : failure('NOT_A_BUNDLE', 'FHIR server did not answer with a bundle');
}

/** Null when the body is larger than allowed; the rest isn't read. */
async function readBody(
  body: AsyncIterable<Buffer> & { destroy(): unknown },
  maxBytes: number,
): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      body.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Seconds or an HTTP date, in milliseconds from now. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : Math.max(0, time - Date.now());
}

function nextOf(bundle: FhirBundle, baseUrl: URL): URL | null {
  const link = bundle.link.find(({ relation }) => relation === 'next');
  if (!link) return null;
  const next = URL.canParse(link.url, baseUrl.href) ? new URL(link.url, baseUrl) : null;
  if (
    next?.origin !== baseUrl.origin ||
    !next.pathname.startsWith(baseUrl.pathname.replace(/\/$/, ''))
  ) {
    throw new FhirServerError('OTHER_ORIGIN', 'the next page is not on the FHIR server');
  }
  return next;
}
