import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { FileProblem, type SourceRow, toCells } from './file-problem.ts';

export interface CsvFormat {
  readonly delimiter: string;
  readonly encoding: 'utf-8' | 'windows-1252';
}

/** Reads a CSV export row by row; throws {@link FileProblem} for a wrong encoding or quotes that never close. */
export async function* readCsvRows(bytes: Buffer, format: CsvFormat): AsyncGenerator<SourceRow> {
  const parser = Readable.from(decodeChunks(bytes, format.encoding), { objectMode: true }).pipe(
    parse({
      delimiter: format.delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      // An unclosed quote must not swallow the file into memory.
      max_record_size: 1024 * 1024,
    }),
  );
  let header: readonly string[] | undefined;
  let line = 0;
  try {
    for await (const record of parser as AsyncIterable<readonly string[]>) {
      const startLine = line + 1;
      line += 1 + record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
      if (record.every((cell) => cell.trim() === '')) continue;
      if (header === undefined) {
        header = record.map((name) => name.trim());
        continue;
      }
      yield { line: startLine, cells: toCells(header, record) };
    }
  } catch (error) {
    if (error instanceof TypeError) throw new FileProblem(`is not written in ${format.encoding}`);
    // The parser quotes the text in its own message.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new FileProblem(`cannot be read as CSV near line ${line + 1} (${String(error.code)})`);
    }
    throw error;
  } finally {
    parser.destroy();
  }
}

/** Decoded in pieces, so that a large file does not hold everybody else up. */
function* decodeChunks(bytes: Buffer, encoding: CsvFormat['encoding']): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const size = 64 * 1024;
  for (let at = 0; at < bytes.length; at += size) {
    yield decoder.decode(bytes.subarray(at, at + size), { stream: true });
  }
  yield decoder.decode();
}
