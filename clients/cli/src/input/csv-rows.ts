import { type Readable, Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse } from 'csv-parse';
import { CommandFailure, codeOf } from '../cli-error.ts';
import { type InputRow, longestRow } from './input-row.ts';

/** `latin1` is read as Windows-1252, as browsers do: that is what spreadsheets write. */
export type CsvEncoding = 'utf8' | 'latin1';

export interface CsvForm {
  readonly delimiter: string;
  readonly encoding: CsvEncoding;
  /** What the institution calls our `local_id`; without it there is nobody to read. */
  readonly localIdName: string;
}

/**
 * Reads a CSV row by row as the bytes come. Throws `CommandFailure` for text in another encoding, a header
 * that repeats a name or has no local id, and quotes that never close: after those nothing can be told apart any more.
 */
export async function* readCsvRows(input: Readable, form: CsvForm): AsyncGenerator<InputRow> {
  const parser = parse({
    delimiter: form.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
  });
  const text = decoded(form.encoding);
  input.on('error', (error) => text.destroy(error));
  text.on('error', (error) => parser.destroy(error));
  input.pipe(text).pipe(parser);
  let header: readonly string[] | undefined;
  let nextLine = 1;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      // Counted here: csv-parse counts a line break inside quotes twice when it is CR LF.
      const line = nextLine;
      nextLine += 1 + innerLineBreaks(cells);
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (header === undefined) header = readHeader(cells, form.localIdName);
      else yield toRow(line, cells, header);
    }
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`the CSV cannot be read near line ${nextLine} (${codeOf(error)})`);
  } finally {
    input.destroy();
    text.destroy();
    parser.destroy();
  }
  if (header === undefined) throw new CommandFailure('the CSV has no header');
}

/** The header's own words are not repeated: a file without one begins with a person. */
function readHeader(cells: readonly string[], localIdName: string): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const named = names.filter((name) => name !== '');
  if (new Set(named).size < named.length) {
    throw new CommandFailure('two columns of the CSV have the same name');
  }
  if (!names.includes(localIdName)) {
    throw new CommandFailure('the CSV has no column for local_id; see --columns and --delimiter');
  }
  return names;
}

function toRow(line: number, cells: readonly string[], header: readonly string[]): InputRow {
  if (cells.length > header.length) {
    return { kind: 'refused', line, problem: 'more cells than the header' };
  }
  if (cells.length < header.length) {
    return { kind: 'refused', line, problem: 'fewer cells than the header' };
  }
  const named = new Map(header.map((name, place) => [name, cells[place] ?? '']));
  return { kind: 'row', line, cells: named, unreadable: [] };
}

function innerLineBreaks(cells: readonly string[]): number {
  return cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
}

/** Decodes as it goes, without the byte order mark; a byte that is no text ends the file. */
function decoded(encoding: CsvEncoding): Transform {
  const decoder = new TextDecoder(encoding === 'utf8' ? 'utf-8' : 'windows-1252', { fatal: true });
  const decode = (bytes: Buffer | undefined): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new CommandFailure('the CSV is not UTF-8; is it --encoding latin1?');
    }
  };
  const passing = (
    bytes: Buffer | undefined,
    done: (error: Error | null, text?: string) => void,
  ) => {
    try {
      done(null, decode(bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error('not text'));
    }
  };
  return new Transform({
    encoding: 'utf8',
    transform: (chunk: Buffer, _encoding, done) => passing(chunk, done),
    flush: (done) => passing(undefined, done),
  });
}
