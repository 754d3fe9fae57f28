import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type CsvError, type Options, parse } from 'csv-parse';
import { decodeText, type FeedEncoding } from './decode-text.ts';
import { FeedFileError } from './feed-file-error.ts';

/** How a CSV export is written and what it must contain. */
export interface CsvFormat {
  readonly encoding: FeedEncoding;
  readonly delimiter: string;
  /** Names as in the header row, compared after trimming; further columns are allowed. */
  readonly requiredColumns: readonly string[];
  /** Whole file; default 256 MiB. */
  readonly maxBytes?: number;
  /** One row; default 1 MiB: an unclosed quote must not swallow the file into memory. */
  readonly maxRowCharacters?: number;
}

/** One row; `problem` says that its number of cells is not that of the header (missing ones read as empty). */
export interface CsvRow {
  /** Line of the file on which the row starts, header = 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly problem: string | null;
}

/** How many rows are given out before the event loop gets a turn. */
const rowsPerTurn = 500;

/**
 * Reads a CSV export row by row without holding the event loop; throws `FeedFileError` for the wrong
 * encoding, a missing or repeated column, a file over the limit, or quotes that never close.
 */
export async function* readCsvRows(bytes: Buffer, format: CsvFormat): AsyncGenerator<CsvRow> {
  const maxBytes = format.maxBytes ?? 256 * 1024 * 1024;
  if (bytes.length > maxBytes) {
    throw new FeedFileError('TOO_LARGE', `larger than ${maxBytes} bytes`);
  }
  const options: Options = {
    delimiter: format.delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: format.maxRowCharacters ?? 1024 * 1024,
  };
  const source = Readable.from(decodeText(bytes, format.encoding), { objectMode: true });
  const parser = parse(options);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: readonly string[] | undefined;
  let rows = 0;
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      // Counted here: csv-parse counts a line break inside quotes twice when it is CR LF.
      const startLine = line;
      line += 1 + innerLineBreaks(cells);
      if (cells.length === 1 && cells[0]?.trim() === '') continue;
      if (columns === undefined) {
        columns = readHeader(cells, format.requiredColumns);
        continue;
      }
      yield toRow(startLine, cells, columns);
      rows += 1;
      if (rows % rowsPerTurn === 0) await setImmediate();
    }
  } catch (error) {
    throw asFeedFileError(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (columns === undefined) throw new FeedFileError('TRUNCATED', 'the file is empty');
}

function readHeader(cells: readonly string[], required: readonly string[]): readonly string[] {
  const columns = cells.map((cell) => cell.trim());
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new FeedFileError('MISSING_COLUMN', `missing column ${missing.join(', ')}`);
  }
  const repeated = required.find((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (repeated !== undefined) {
    throw new FeedFileError('MALFORMED', `column ${repeated} appears twice`);
  }
  return columns;
}

function toRow(line: number, record: readonly string[], columns: readonly string[]): CsvRow {
  const cells: Record<string, string> = {};
  for (const [index, name] of columns.entries()) cells[name] = record[index] ?? '';
  const problem =
    record.length === columns.length
      ? null
      : `${record.length} cells where the header has ${columns.length}`;
  return { line, cells, problem };
}

function innerLineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return breaks;
}

function asFeedFileError(error: unknown): unknown {
  if (error instanceof FeedFileError || !isCsvError(error)) return error;
  // csv-parse quotes the text in its own message: only its code and line may leave.
  return new FeedFileError(
    'MALFORMED',
    `not readable as CSV near line ${error.lines} (${error.code})`,
  );
}

function isCsvError(error: unknown): error is CsvError & { readonly lines: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}
