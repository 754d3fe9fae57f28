import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

/** What a column holds; numbers and truth values are written without quotes. */
export type SqlValue = string | number | boolean | null;

/** Names of columns with their values, in the order of the first row of the table. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface DumpFile {
  /** Rows of a table are gathered into INSERT statements of at most 500; all must have the same columns. */
  insert(table: string, row: SqlRow): void;
  /** Waits until the disk has caught up; call it now and then while inserting. */
  drained(): Promise<void>;
  /** Writes what is left; returns how many rows were inserted. */
  close(): Promise<number>;
}

const rowsPerInsert = 500;

/** A file of plain INSERT statements, one row a line, written as it grows: its size does not matter. */
export function createDumpFile(path: string): DumpFile {
  const stream = createWriteStream(path, 'utf8');
  const pending = new Map<string, { columns: string[]; lines: string[] }>();
  let rows = 0;

  const flush = (table: string) => {
    const batch = pending.get(table);
    if (batch === undefined || batch.lines.length === 0) return;
    stream.write(
      `insert into ${table} (${batch.columns.join(', ')}) values\n${batch.lines.join(',\n')};\n`,
    );
    batch.lines = [];
  };

  return {
    insert(table, row) {
      let batch = pending.get(table);
      if (batch === undefined) {
        batch = { columns: Object.keys(row), lines: [] };
        pending.set(table, batch);
      }
      const values = batch.columns.map((column) => literal(row[column] ?? null));
      batch.lines.push(`(${values.join(', ')})`);
      rows += 1;
      if (batch.lines.length === rowsPerInsert) flush(table);
    },
    async drained() {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
    async close() {
      for (const table of pending.keys()) flush(table);
      await end(stream);
      return rows;
    },
  };
}

/** An SQL literal on one line, whatever the text: a statement then ends where a line ends with `;`. */
export function literal(value: SqlValue): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  const quoted = value.replaceAll('\0', '').replaceAll("'", "''");
  if (!/[\\\n\r]/u.test(quoted)) return `'${quoted}'`;
  return `e'${quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

async function end(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, 'close');
  if (stream.errored) throw stream.errored;
}
