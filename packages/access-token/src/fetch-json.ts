import { createDeadline } from '@tavolo/deadline';

const timeoutMs = 3_000;
const maxBytes = 256 * 1024;

/** What an issuer publishes: within 3 seconds, at most 256 KiB, and from where it was asked for (no redirects). */
export async function fetchJson(url: URL): Promise<unknown> {
  const deadline = createDeadline(timeoutMs);
  try {
    const answer = await fetch(url, {
      signal: deadline.signal,
      redirect: 'error',
      headers: { accept: 'application/json' },
    });
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      throw new Error('no document');
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const body: AsyncIterable<Uint8Array> = answer.body;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new Error('too large');
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } finally {
    deadline.release();
  }
}
