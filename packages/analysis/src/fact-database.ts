import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
} from '@duckdb/node-api';
import { AnalysisError } from './analysis-error.ts';
import { FactStoreProblem } from './fact-store-problem.ts';

type Bound = Readonly<Record<string, string | number | null>>;
type SqlRow = Readonly<Record<string, unknown>>;

/** What the fact store needs of DuckDB; everything runs outside the event loop. */
export interface FactDatabase {
  /** A question; at most so many at once, the others wait in a bounded queue. */
  read(sql: string): Promise<readonly SqlRow[]>;
  /** Rows as they are read, some 2,000 at a time. */
  stream(sql: string): AsyncGenerator<readonly SqlRow[]>;
  /** A connection of its own for one load, closed with it; temporary tables end there. */
  write<Result>(work: (writer: FactWriter) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface FactWriter {
  run(sql: string, bound?: Bound): Promise<readonly SqlRow[]>;
  prepare(sql: string): Promise<DuckDBPreparedStatement>;
  /** All of it or nothing. */
  transaction(work: () => Promise<void>): Promise<void>;
}

export interface FactDatabaseLimits {
  /** Such as `512MB`: what DuckDB may hold in memory before it writes to its temporary folder. */
  readonly memory: string;
  readonly threads: number;
  /** Questions that run at once. */
  readonly concurrency: number;
  /** Questions that wait for their turn; one more is refused. */
  readonly queue: number;
}

/** Opens the file, or makes it; DuckDB can reach no other file, no network and no extension. */
export async function openFactDatabase(
  file: string,
  limits: FactDatabaseLimits,
): Promise<FactDatabase> {
  const instance = await DuckDBInstance.create(file, {
    threads: String(limits.threads),
    memory_limit: limits.memory,
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  }).catch((cause: unknown) => {
    throw new FactStoreProblem(whyNotOpened(file, cause), { cause });
  });
  const readers: DuckDBConnection[] = [];
  const first = await instance.connect();
  // Days, months and years are those of the table's calendar, clock changes included.
  await first.run("SET GLOBAL TimeZone = 'Europe/Rome'");
  await first.run('SET lock_configuration = true');
  readers.push(first);
  while (readers.length < limits.concurrency) readers.push(await instance.connect());
  const running = new Set<Promise<unknown>>();
  const waiting: ((reader: DuckDBConnection) => void)[] = [];
  let isClosed = false;

  const take = async (): Promise<DuckDBConnection> => {
    if (isClosed) throw new FactStoreProblem('the fact store is closed');
    const free = readers.pop();
    if (free) return free;
    if (waiting.length >= limits.queue) {
      throw new AnalysisError(
        'TOO_BUSY',
        `${limits.queue} questions are waiting already; ask again in some seconds`,
      );
    }
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  const giveBack = (reader: DuckDBConnection) => {
    const next = waiting.shift();
    if (next) next(reader);
    else readers.push(reader);
  };
  const tracked = async <Result>(work: Promise<Result>): Promise<Result> => {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  };

  return {
    read: (sql) =>
      tracked(
        (async () => {
          const reader = await take();
          try {
            return await rowsOf(reader, sql);
          } finally {
            giveBack(reader);
          }
        })(),
      ),
    async *stream(sql) {
      if (isClosed) throw new FactStoreProblem('the fact store is closed');
      // Its own connection: whoever reads slowly must not hold up the analysts.
      const reader = await instance.connect();
      try {
        const result = await reader.stream(sql);
        for await (const rows of result.yieldRowObjectJs()) yield rows;
      } finally {
        reader.closeSync();
      }
    },
    write: (work) =>
      tracked(
        (async () => {
          if (isClosed) throw new FactStoreProblem('the fact store is closed');
          const connection = await instance.connect();
          try {
            return await work(createWriter(connection));
          } finally {
            connection.closeSync();
          }
        })(),
      ),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await Promise.allSettled(running);
      for (const reader of readers.splice(0)) reader.closeSync();
      instance.closeSync();
    },
  };
}

function createWriter(connection: DuckDBConnection): FactWriter {
  return {
    run: (sql, bound) => rowsOf(connection, sql, bound),
    prepare: (sql) => connection.prepare(sql),
    async transaction(work) {
      await connection.run('BEGIN TRANSACTION');
      try {
        await work();
        await connection.run('COMMIT');
      } catch (cause) {
        await connection.run('ROLLBACK').catch(() => undefined);
        throw cause;
      }
    },
  };
}

async function rowsOf(
  connection: DuckDBConnection,
  sql: string,
  bound?: Bound,
): Promise<readonly SqlRow[]> {
  const result = await connection.runAndReadAll(sql, bound);
  return result.getRowObjectsJS();
}

/** DuckDB's words about files, turned into what to do. */
function whyNotOpened(file: string, cause: unknown): string {
  const said = cause instanceof Error ? cause.message : '';
  if (/lock/iu.test(said)) {
    return `The facts in ${file} are in use by another process: stop it first, one service writes them at a time`;
  }
  if (/permission|no such file|cannot open|directory/iu.test(said)) {
    return `The facts in ${file} cannot be opened: the folder must exist and be writable by this account`;
  }
  return `The facts in ${file} cannot be read (damaged, or no DuckDB file): move the file away, the facts are loaded again from the partners`;
}
