import { type RawBuilder, sql } from 'kysely';
import type { TakenRow } from '../store/replace-snapshot.ts';
import type { Mapping } from './mapping.ts';
import type { SourceDatabase } from './open-sql.ts';
import { readCells } from './read-cells.ts';

const rowsPerRead = 1_000;
/** More rows than these want another way than a copy. */
const maxRows = 500_000;

export interface TableToRead {
  readonly table: string;
  readonly mapping: Mapping;
  readonly sectorKeySecret: string;
}

/**
 * Reads the mapped columns, and no others, in the order of the local id, a thousand rows at a time. Everything is
 * read as text: what a column means is said once, in mapping.json.
 */
export async function* readTable(
  database: SourceDatabase,
  { table, mapping, sectorKeySecret }: TableToRead,
): AsyncGenerator<TakenRow> {
  const names = [...new Set(Object.values(mapping.columns).filter((name) => name !== null))];
  const selected = sql.join(
    names.map((name) => sql`CAST(${sql.ref(name)} AS text) AS ${sql.id(name)}`),
  );
  const key = sql`CAST(${sql.ref(mapping.columns.localId)} AS text)`;
  let after: string | null = null;
  for (let count = 0; count < maxRows; ) {
    const further: RawBuilder<unknown> =
      after === null ? sql`TRUE` : sql`${key} COLLATE "C" > ${after}`;
    const query: RawBuilder<Record<string, string | null>> = sql`
      SELECT ${selected} FROM ${sql.table(table)}
      WHERE ${key} IS NOT NULL AND ${further}
      ORDER BY ${key} COLLATE "C" LIMIT ${rowsPerRead}`;
    const { rows } = await query.execute(database);
    for (const cells of rows) {
      yield readCells(cells, mapping, { source: table, line: null }, sectorKeySecret);
    }
    count += rows.length;
    after = rows.at(-1)?.[mapping.columns.localId] ?? null;
    if (rows.length < rowsPerRead || after === null) return;
  }
  throw new Error(`the table has more than ${maxRows} rows`);
}
