import { createReadStream } from 'node:fs';

/** Two thousand long coordinates fit; a longer line is no record of ours. */
const MOST_LINE_BYTES = 1_048_576;
const CHUNK_BYTES = 131_072;
const LINE_FEED = 0x0a;

export interface SegmentText {
  readonly text: string;
  /** False for what stands behind the last line feed. */
  readonly isEnded: boolean;
}

/** The lines of a file up to so many bytes, a chunk's worth at a time: memory does not grow with the file. */
export async function* readSegmentLines(
  path: string,
  bytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly SegmentText[]> {
  if (bytes === 0) return;
  let rest: Buffer = Buffer.alloc(0);
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES, end: bytes - 1 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: SegmentText[] = [];
    let from = 0;
    for (let at = block.indexOf(LINE_FEED); at !== -1; at = block.indexOf(LINE_FEED, from)) {
      lines.push({ text: block.toString('utf8', from, at), isEnded: true });
      from = at + 1;
    }
    rest = block.subarray(from);
    if (lines.length > 0) yield lines;
    if (rest.length > MOST_LINE_BYTES) break;
  }
  if (rest.length > 0) yield [{ text: rest.toString('utf8'), isEnded: false }];
}
