import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { type Migrations, migrate } from './migrate.ts';

export interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly migrations: readonly Migrations[];
  /** Told when an idle connection breaks; the next read opens another. */
  readonly onConnectionLost?: (cause: Error) => void;
}

/** The service's PostgreSQL, schema `coordination`; connects and migrates at the first need. */
export interface TableDatabase {
  /** Connected and migrated. `Tables` names the tables of the asking part, without the schema. */
  ready<Tables>(): Promise<Kysely<Tables>>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

const connectTimeoutMs = 5_000;
const statementTimeoutMs = 10_000;
/** The server gives up first: a statement that only this side gave up on would keep its connection, and its locks. */
const queryTimeoutMs = 12_000;

export function openDatabase(options: DatabaseOptions): TableDatabase {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: queryTimeoutMs,
  });
  // Without a listener a database restart would end this process.
  pool.on('error', (cause) => options.onConnectionLost?.(cause));
  // The pool listens to idle connections only: one cut between two statements of a change would end it too.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  let migrated: Promise<void> | undefined;

  return {
    async ready<Tables>() {
      migrated ??= migrate(db, options.migrations).catch((cause: unknown) => {
        migrated = undefined;
        throw cause;
      });
      await migrated;
      // Each part knows its own tables only; all of them are behind this one connection.
      return db.withSchema('coordination') as Kysely<Tables>;
    },
    async isReady() {
      try {
        const connected = await this.ready();
        await sql`SELECT 1`.execute(connected);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await db.destroy();
    },
  };
}
