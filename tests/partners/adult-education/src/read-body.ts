import type { IncomingMessage } from 'node:http';

/** The bytes of a request, or null when there are more than `most`: the rest is thrown away unread. */
export async function readBody(
  request: IncomingMessage,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
