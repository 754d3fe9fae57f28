import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GroundTruth } from './truth-types.ts';

/** Writes the truth as one JSON document, a facility or a person a line, without holding it in memory. */
export async function writeGroundTruth(truth: GroundTruth, path: string): Promise<void> {
  await pipeline(Readable.from(inBlocks(lines(truth))), createWriteStream(path));
}

function* lines(truth: GroundTruth): Generator<string> {
  const { seed, today, figures } = truth;
  const head = { notice: 'Invented people. No service reads this file.', seed, today, figures };
  yield `${JSON.stringify(head).slice(0, -1)},\n"facilities":[\n`;
  yield* commaSeparated(truth.facilities());
  yield '],\n"people":[\n';
  yield* commaSeparated(truth.people());
  yield ']}\n';
}

function* commaSeparated(rows: Iterable<unknown>): Generator<string> {
  let first = true;
  for (const row of rows) {
    yield `${first ? '' : ',\n'}${JSON.stringify(row)}`;
    first = false;
  }
  yield '\n';
}

/** A stream hands over one chunk at a time; larger chunks are what makes it fast. */
function* inBlocks(parts: Iterable<string>): Generator<string> {
  let block = '';
  for (const part of parts) {
    block += part;
    if (block.length > 65_536) {
      yield block;
      block = '';
    }
  }
  yield block;
}
