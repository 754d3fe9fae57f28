import type { Readable } from 'node:stream';

/** A line's bytes without its end, or null for a line over the limit, which is skipped and not kept. */
export interface ByteLine {
  readonly line: number;
  readonly bytes: Buffer | null;
}

const newline = 0x0a;

/** Splits a stream of bytes into lines, holding no more than one line of `longestBytes` and one chunk. */
export async function* readLines(input: Readable, longestBytes: number): AsyncGenerator<ByteLine> {
  let line = 1;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): Buffer | null => {
    const bytes = size > longestBytes ? null : Buffer.concat(held);
    held = [];
    size = 0;
    return bytes;
  };
  const hold = (piece: Buffer): void => {
    size += piece.length;
    if (size > longestBytes) held = [];
    else held.push(piece);
  };
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, end));
      yield { line, bytes: take() };
      line += 1;
      from = end + 1;
    }
    hold(chunk.subarray(from));
  }
  if (size > 0) yield { line, bytes: take() };
}
