import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { FastifyBaseLogger } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { describeError } from '../hub/errors.ts';

/** The table's columns are known to mapping.json only. */
export type SourceDatabase = Kysely<Record<string, Record<string, unknown>>>;

/** Your PostgreSQL, read only, with no more than two connections. */
export function openPostgres(connectionString: string, logger: FastifyBaseLogger): SourceDatabase {
  const pool = new pg.Pool({
    connectionString,
    max: 2,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    options: '-c default_transaction_read_only=on',
  });
  // A connection lost while nobody used it: the next read makes another.
  pool.on('error', (error) => logger.warn(describeError(error), 'a connection was lost'));
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** PostgreSQL inside this process, with the invented table: for the first start and the tests. */
export async function openInventedDatabase(
  file: string | URL = new URL('../../data/invented-table.sql', import.meta.url),
): Promise<SourceDatabase> {
  const database = await PGlite.create();
  await database.exec(await readFile(file, 'utf8'));
  const pool = {
    async connect() {
      return {
        async query(sql: string, parameters: readonly unknown[]) {
          const { rows, affectedRows } = await database.query(sql, [...parameters]);
          return { command: 'SELECT' as const, rowCount: affectedRows ?? rows.length, rows };
        },
        release: () => undefined,
      };
    },
    end: () => database.close(),
  };
  // Only the calls above are made for a SELECT; cursors are what the library's type asks for besides.
  return new Kysely({
    dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }),
  });
}
