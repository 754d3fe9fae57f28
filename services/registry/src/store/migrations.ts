import { type Kysely, sql } from 'kysely';
import type { RegistryDatabase } from './registry-database.ts';

/** Any constant: serialises the writers of one registry, also across processes. */
export const WRITER_LOCK = 7_420_514;

/** Forward only; a shipped statement is never edited. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE registry.head (version bigint NOT NULL);
   INSERT INTO registry.head VALUES (0);
   CREATE TABLE registry.partner (
     id text COLLATE "C" PRIMARY KEY, revision int NOT NULL, entry jsonb NOT NULL
   );
   CREATE TABLE registry.consumer (
     id text COLLATE "C" PRIMARY KEY, revision int NOT NULL, entry jsonb NOT NULL
   );
   CREATE TABLE registry.client (
     issuer text NOT NULL, client_id text NOT NULL, organisation text NOT NULL,
     consumer_id text COLLATE "C" NOT NULL REFERENCES registry.consumer (id),
     PRIMARY KEY (issuer, client_id, organisation)
   );
   CREATE INDEX client_by_consumer ON registry.client (consumer_id);
   CREATE TABLE registry.purpose (
     id text COLLATE "C" PRIMARY KEY, revision int NOT NULL,
     consumer_id text COLLATE "C" NOT NULL REFERENCES registry.consumer (id),
     entry jsonb NOT NULL
   );
   CREATE INDEX purpose_by_consumer ON registry.purpose (consumer_id, id)`,
];

/** Brings the schema `registry` up to date; safe when several processes start at once. */
export async function migrate(db: Kysely<RegistryDatabase>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
    await sql`CREATE SCHEMA IF NOT EXISTS registry`.execute(transaction);
    await sql`CREATE TABLE IF NOT EXISTS registry.migration (step int PRIMARY KEY)`.execute(
      transaction,
    );
    const { rows } = await sql<{ done: number }>`
      SELECT count(*)::int AS done FROM registry.migration`.execute(transaction);
    const done = rows[0]?.done ?? 0;
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < done) continue;
      for (const statement of statements.split(';').filter((text) => text.trim() !== '')) {
        await sql.raw(statement).execute(transaction);
      }
      await sql`INSERT INTO registry.migration VALUES (${index + 1})`.execute(transaction);
    }
  });
}
