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
  `ALTER TABLE registry.head ADD COLUMN release_sequence bigint NOT NULL DEFAULT 0;
   CREATE TABLE registry.subgraph (name text COLLATE "C" PRIMARY KEY, entry jsonb NOT NULL);
   CREATE TABLE registry.subgraph_version (
     subgraph text COLLATE "C" NOT NULL REFERENCES registry.subgraph (name), version int NOT NULL,
     entry jsonb NOT NULL, files jsonb NOT NULL,
     PRIMARY KEY (subgraph, version)
   );
   CREATE TABLE registry.release (
     sequence bigint PRIMARY KEY, head jsonb NOT NULL, sdl text NOT NULL, owners jsonb NOT NULL
   );
   CREATE TABLE registry.release_contract (
     sequence bigint NOT NULL REFERENCES registry.release (sequence) ON DELETE CASCADE,
     contract text COLLATE "C" NOT NULL, sdl text NOT NULL,
     PRIMARY KEY (sequence, contract)
   );
   CREATE TABLE registry.contract (name text COLLATE "C" PRIMARY KEY, entry jsonb NOT NULL);
   CREATE TABLE registry.waiver (
     subgraph text COLLATE "C" NOT NULL, code text COLLATE "C" NOT NULL,
     coordinate text COLLATE "C" NOT NULL, entry jsonb NOT NULL,
     PRIMARY KEY (subgraph, code, coordinate)
   );
   CREATE TABLE registry.operation (
     hash text COLLATE "C" PRIMARY KEY, document text NOT NULL, name text, coordinates text[] NOT NULL
   );
   CREATE INDEX operation_by_coordinate ON registry.operation USING gin (coordinates);
   CREATE TABLE registry.operation_use (
     day date NOT NULL, consumer text COLLATE "C" NOT NULL,
     hash text COLLATE "C" NOT NULL REFERENCES registry.operation (hash),
     purpose_id text COLLATE "C" NOT NULL, count bigint NOT NULL,
     PRIMARY KEY (day, consumer, hash, purpose_id)
   );
   CREATE INDEX operation_use_by_hash ON registry.operation_use (hash);
   CREATE TABLE registry.operation_report (id uuid PRIMARY KEY, received_at timestamptz NOT NULL);
   CREATE INDEX operation_report_by_time ON registry.operation_report (received_at)`,
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
