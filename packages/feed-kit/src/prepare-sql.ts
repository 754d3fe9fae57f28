import type { FeedDatabase } from './open-feed-database.ts';

/** No booleans: the driver aborts the process on one. */
export type SqlValue = string | number | null | Buffer;

/** A prepared statement; parameters come as one array (a lone null or Buffer would abort the driver). */
export interface Sql {
  run(parameters: readonly SqlValue[]): {
    readonly changes: number;
    readonly lastInsertRowid: number | bigint;
  };
  /** Rows as the statement's own columns promise: the driver types them as unknown. */
  all<Row>(parameters: readonly SqlValue[]): Row[];
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows its columns
  get<Row>(parameters: readonly SqlValue[]): Row | undefined;
  /** Rows as arrays in the order of the columns, cheaper than objects. */
  tuples<Tuple extends readonly unknown[]>(parameters: readonly SqlValue[]): Tuple[];
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows its columns
  tuple<Tuple extends readonly unknown[]>(parameters: readonly SqlValue[]): Tuple | undefined;
}

type Statement = ReturnType<FeedDatabase['prepare']>;

/**
 * Prepares on first use, and anew after a failure: the driver leaves a statement that failed unreset, and
 * the next run of it would silently use the parameters of the failed one.
 */
export function prepareSql(database: FeedDatabase, text: string): Sql {
  const prepare = (isRaw: boolean) => {
    let statement: Statement | undefined;
    return <Result>(work: (prepared: Statement) => Result): Result => {
      if (statement === undefined) {
        statement = database.prepare(text);
        if (isRaw) statement.raw();
      }
      try {
        return work(statement);
      } catch (cause) {
        statement = undefined;
        throw cause;
      }
    };
  };
  const plain = prepare(false);
  const raw = prepare(true);
  const sql = {
    run: (parameters: readonly SqlValue[]) => plain((prepared) => prepared.run(parameters)),
    all: (parameters: readonly SqlValue[]) => plain((prepared) => prepared.all(parameters)),
    get: (parameters: readonly SqlValue[]) => plain((prepared) => prepared.get(parameters)),
    tuples: (parameters: readonly SqlValue[]) => raw((prepared) => prepared.all(parameters)),
    tuple: (parameters: readonly SqlValue[]) => raw((prepared) => prepared.get(parameters)),
  };
  // The driver types rows as unknown; the columns are those of the statement.
  return sql as Sql;
}
