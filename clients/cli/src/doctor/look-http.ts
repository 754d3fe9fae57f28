import { createDeadline } from '@tavolo/deadline';
import { codeOf } from '../cli-error.ts';

/** What came over HTTP, read to a limit. */
export interface LookedHttp {
  readonly status: number;
  /** The other side's clock, as it says itself. */
  readonly date: Date | null;
  /** `undefined` = no JSON. */
  readonly json: unknown;
}

const maxBytes = 8_000_000;

/** Asks once and follows nothing; rejects with an error whose `code` says why there was no answer. */
export async function lookHttp(
  url: URL,
  timeoutMs: number,
  init: {
    readonly method?: 'POST';
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<LookedHttp> {
  const deadline = createDeadline(timeoutMs);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: deadline.signal });
    const date = response.headers.get('date');
    return {
      status: response.status,
      date: date === null || Number.isNaN(Date.parse(date)) ? null : new Date(date),
      json: parsed(await readText(response)),
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = deadline.signal.aborted ? 'TIMEOUT' : codeOf(cause);
    throw Object.assign(new Error('no answer'), { code });
  } finally {
    deadline.release();
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The type of a body says nothing of its chunks; those of fetch are bytes.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw Object.assign(new Error('too long'), { code: 'ANSWER_TOO_LONG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
