import type { Logger } from '@tavolo/process-kit';
import { HubError } from '@tavolo/subgraph-kit';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import { type ClientBase, Pool, type PoolConfig } from 'pg';

export interface LegacyDatabaseOptions {
  readonly databaseUrl: string;
  /** Connections at the most: the database is the institution's, and its own users come first. */
  readonly poolMax: number;
  readonly statementTimeoutMs: number;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Told the text of each statement, without its parameters, before it is sent. */
  readonly onStatement?: (text: string) => void;
}

/** The institution's database as the hub may use it: to read. */
export interface LegacyDatabase {
  /** Throws `HubError` `UNAVAILABLE` when the database does not answer, a plain error when it refuses. */
  read<Row>(query: RawBuilder<Row>): Promise<Row[]>;
  /** RFC 3339 time of the last read that succeeded; `null` before the first. */
  lastReadAt(): string | null;
  /** Whether the last attempt to read succeeded. */
  isUp(): boolean;
  close(): Promise<void>;
}

/**
 * kysely only writes the SQL; the pool runs it, because `pool.query` throws a connection away after an
 * error, which is what a connection cut in the middle of an answer needs.
 */
export function createLegacyDatabase(options: LegacyDatabaseOptions): LegacyDatabase {
  const { logger, now, onStatement, statementTimeoutMs } = options;
  const compiler = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const pool = new Pool(poolConfig(options));
  // Without a listener a connection that dies while idle would end the process.
  const onLost = () => logger.warn('a connection to the database was lost');
  pool.on('error', onLost);
  // The pool listens to idle ones only: a connection cut during a statement would end the process.
  pool.on('connect', (client) => void client.on('error', onLost));
  let lastReadAt: string | null = null;
  let isUp = false;

  return {
    async read<Row>(query: RawBuilder<Row>): Promise<Row[]> {
      const { sql: text, parameters } = query.compile(compiler);
      onStatement?.(text);
      try {
        const config = {
          text,
          values: [...parameters],
          // The server's own timeout cannot fire when the network has gone silent.
          query_timeout: statementTimeoutMs + 1000,
        };
        // The driver cannot know the columns; each row goes through its record (zod) next.
        const { rows } = (await pool.query(config)) as unknown as { rows: Row[] };
        if (!isUp) logger.info('the database answers');
        isUp = true;
        lastReadAt = now().toISOString();
        return rows;
      } catch (error) {
        throw translate(error);
      }
    },
    lastReadAt: () => lastReadAt,
    isUp: () => isUp,
    close: () => pool.end(),
  };

  function translate(error: unknown): Error {
    const code = errorCode(error);
    if (isRefusal(code)) return new Error(`The database refused a read (SQLSTATE ${code})`);
    if (isUp) logger.warn({ code }, 'the database does not answer');
    isUp = false;
    // No cause: a database error can quote the row it failed on.
    return new HubError('UNAVAILABLE', 'The database of the social services does not answer');
  }
}

function poolConfig({
  databaseUrl,
  poolMax,
  statementTimeoutMs,
}: LegacyDatabaseOptions): PoolConfig {
  const readOnly = (client: ClientBase) =>
    client.query(
      `set default_transaction_read_only = on; set statement_timeout = ${Math.trunc(statementTimeoutMs)}`,
    );
  return {
    connectionString: databaseUrl,
    max: poolMax,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'tavolo social-services (read only)',
    // The pool awaits what this returns before the connection is used, although its type says void.
    onConnect: readOnly as NonNullable<PoolConfig['onConnect']>,
  };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * A five-character SQLSTATE means the server answered. Classes 08 (connection), 53 (resources), 57 (operator
 * intervention, statement timeout), 58 (system) and 28/3D (not let in) mean that it cannot serve now.
 */
function isRefusal(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|28|3D|53|57|58)/.test(code) && code !== 'EPIPE';
}
