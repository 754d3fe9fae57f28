import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandFailure, codeOf } from '../cli-error.ts';
import { type CsvForm, readCsvRows } from './csv-rows.ts';
import type { InputRow } from './input-row.ts';
import { readNdjsonRows } from './ndjson-rows.ts';

/** Reads a file's people one by one: NDJSON by its name (`.ndjson`, `.jsonl`), CSV otherwise. */
export async function* openInput(path: string, form: CsvForm): AsyncGenerator<InputRow> {
  const input = await openFile(path);
  try {
    yield* /\.(ndjson|jsonl)$/i.test(path) ? readNdjsonRows(input) : readCsvRows(input, form);
  } finally {
    input.destroy();
  }
}

/** Opens before reading, so that a missing file is said as such. */
export async function openFile(path: string): Promise<Readable> {
  try {
    const file = await open(path, 'r');
    return createReadStream(path, { fd: file });
  } catch (error) {
    throw new CommandFailure(`cannot read ${path} (${codeOf(error)})`);
  }
}
