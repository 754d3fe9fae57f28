import { readFileSync } from 'node:fs';
import { startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import pg from 'pg';

/** The embedded database's first start takes seconds, and much longer on a machine busy with other tests. */
export const databaseStartMs = 180_000;

export interface FixtureDatabase {
  readonly url: string;
  /** Runs statements as the institution's administrator, who may write. */
  administer(statements: string): Promise<void>;
  /** Rows of a query of the administrator's. */
  look(query: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/**
 * A database with `fixtures/schema.sql` and `fixtures/data.sql`, for tests: embedded, or the real server of
 * `TEST_DATABASE_URL`, whose schemas `anagrafe` and `ss_*` are dropped.
 */
export async function startFixtureDatabase(realUrl?: string): Promise<FixtureDatabase> {
  const embedded =
    realUrl === undefined ? await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 }) : null;
  const url = realUrl ?? embedded?.url ?? '';
  const look: FixtureDatabase['look'] = async (query) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      // The embedded database has one session, which the service has set to read only.
      await client.query('begin transaction read write');
      const result = await client.query<Record<string, unknown>>(query);
      await client.query('commit');
      return result.rows;
    } finally {
      await client.end();
    }
  };
  const administer = async (statements: string) => {
    await look(statements);
  };
  for (const name of ['schema.sql', 'data.sql']) {
    await administer(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
  }
  return { url, administer, look, close: async () => embedded?.close() };
}
