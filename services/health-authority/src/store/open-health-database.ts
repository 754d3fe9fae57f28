import { type FeedDatabase, openFeedDatabase } from '@tavolo/feed-kit';
import { healthMigrations } from './health-migrations.ts';

/** Opens the institution's own store; raw messages that are let go are overwritten, not only unlinked. */
export function openHealthDatabase(file: string): FeedDatabase {
  const database = openFeedDatabase(file, healthMigrations);
  database.pragma('secure_delete = ON');
  return database;
}

/** A prepared statement; the driver takes one array (a lone null or Buffer as argument would abort it). */
export interface Sql {
  run(parameters: readonly SqlValue[]): {
    readonly changes: number;
    readonly lastInsertRowid: number | bigint;
  };
  /** Rows as the statement's own columns promise: the driver types them as unknown. */
  all<Row>(parameters: readonly SqlValue[]): Row[];
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows its columns
  get<Row>(parameters: readonly SqlValue[]): Row | undefined;
}

/** No booleans: the driver aborts the process on one. */
export type SqlValue = string | number | null | Buffer;

/**
 * Prepares on first use, and anew after a failure: the driver leaves a statement that failed unreset, and
 * the next run of it would silently use the parameters of the failed one.
 */
export function prepareSql(database: FeedDatabase, text: string): Sql {
  let statement: ReturnType<FeedDatabase['prepare']> | undefined;
  const using = <Result>(
    work: (prepared: ReturnType<FeedDatabase['prepare']>) => Result,
  ): Result => {
    statement ??= database.prepare(text);
    try {
      return work(statement);
    } catch (cause) {
      statement = undefined;
      throw cause;
    }
  };
  const rows = {
    run: (parameters: readonly SqlValue[]) => using((prepared) => prepared.run(parameters)),
    all: (parameters: readonly SqlValue[]) => using((prepared) => prepared.all(parameters)),
    get: (parameters: readonly SqlValue[]) => using((prepared) => prepared.get(parameters)),
  };
  // The driver types rows as unknown; the columns are those of the statement.
  return rows as Sql;
}
