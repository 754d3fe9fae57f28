import type { SocialService } from '../social-service.ts';
import type { LegacyDatabase } from '../store/legacy-database.ts';
import type { LegacyTable } from '../store/legacy-table.ts';
import { rowsToScan } from '../store/select-rows.ts';
import { legacyTables } from '../store/tables/legacy-tables.ts';

/** One row that cannot be read: where, and which rule; never what it says. */
export interface Rejection {
  readonly source: string;
  readonly line: number | null;
  readonly field: string | null;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface TableQualityRow {
  readonly socialService: string;
  readonly table: string;
  readonly rows: number;
  readonly unreadable: number;
}

/** What one pass over every table found. */
export interface SourceQuality {
  readonly scannedAt: string;
  readonly rows: number;
  readonly unreadable: number;
  readonly unmappedAreaRows: number;
  readonly tables: readonly TableQualityRow[];
  /** In the order of services, tables and keys; those past the first 10,000 are counted, not listed. */
  readonly rejections: readonly Rejection[];
}

const pageSize = 1000;
const mostListed = 10_000;

/** Reads every row of every table once, in pages; the same records decide here and when rows are served. */
export async function scanSource(
  database: LegacyDatabase,
  services: readonly SocialService[],
  now: () => Date,
): Promise<SourceQuality> {
  const tables: TableQualityRow[] = [];
  const rejections: Rejection[] = [];
  let unmappedAreaRows = 0;
  const reject = (source: string, field: string | null, reason: string) => {
    if (rejections.length >= mostListed) return;
    rejections.push({ source, line: null, field, reason, at: now().toISOString() });
  };

  for (const service of services) {
    for (const table of legacyTables) {
      let rows = 0;
      let unreadable = 0;
      const record = table.record(service);
      for await (const row of readTable(database, service, table)) {
        if (row.parent_state === 'cancelled') continue;
        rows += 1;
        const source = `${service.schema}.${table.name}`;
        const isOrphan =
          row.parent_state === null && !(table.parent.isOptional && row.parent_id === null);
        const result = record.safeParse(row);
        if (isOrphan) {
          reject(source, table.parent.column, `refers to no row of ${table.parent.table}`);
        } else if (!result.success) {
          const [issue] = result.error.issues;
          reject(source, fieldOf(issue?.path), issue?.message ?? 'cannot be read');
        } else {
          if (hasUnmappedArea(row, result.data)) unmappedAreaRows += 1;
          continue;
        }
        unreadable += 1;
      }
      tables.push({ socialService: service.code, table: table.name, rows, unreadable });
    }
  }
  return {
    scannedAt: now().toISOString(),
    rows: sum(tables.map((table) => table.rows)),
    unreadable: sum(tables.map((table) => table.unreadable)),
    unmappedAreaRows,
    tables,
    rejections,
  };
}

async function* readTable(
  database: LegacyDatabase,
  service: SocialService,
  table: LegacyTable<unknown>,
) {
  let after = '-1';
  for (;;) {
    const page = await database.read(rowsToScan(table, service, after, pageSize));
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || last === undefined) return;
    after = last.sequence;
  }
}

function fieldOf(path: readonly PropertyKey[] | undefined): string | null {
  const name = path?.[0];
  return typeof name === 'string' ? name : null;
}

/** Some area code was written, and none of the five areas came of it. */
function hasUnmappedArea(selected: object, row: unknown): boolean {
  const wroteCode = 'cod_area' in selected && selected.cod_area !== null;
  return wroteCode && typeof row === 'object' && row !== null && 'area' in row && row.area === null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
