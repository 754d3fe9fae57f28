import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { IndexDatabase } from './index-database.ts';

/** Any constant: serialises the writers of one index, also across processes. */
export const WRITER_LOCK = 7_420_513;

/** Forward only; a shipped statement is never edited. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE person_index.identity (epoch text NOT NULL);
   CREATE TABLE person_index.record (
     subject text NOT NULL,
     partner text NOT NULL,
     sector_key text NOT NULL,
     version text NOT NULL,
     cluster_id uuid NOT NULL,
     rule text,
     enrolled_at timestamptz NOT NULL,
     PRIMARY KEY (subject, partner, sector_key),
     CONSTRAINT one_record_per_institution UNIQUE (cluster_id, partner) DEFERRABLE INITIALLY DEFERRED
   );
   CREATE TABLE person_index.evidence (
     subject text NOT NULL,
     partner text NOT NULL,
     sector_key text NOT NULL,
     kind text NOT NULL,
     key_id text NOT NULL,
     mac text NOT NULL,
     valid_from date,
     valid_to date
   );
   CREATE INDEX evidence_by_mac ON person_index.evidence (mac);
   CREATE INDEX evidence_by_record ON person_index.evidence (subject, partner, sector_key);
   CREATE TABLE person_index.household_member (
     partner text NOT NULL,
     household_key text NOT NULL,
     member_key text NOT NULL,
     PRIMARY KEY (partner, household_key, member_key)
   );
   CREATE INDEX household_by_member ON person_index.household_member (partner, member_key);
   CREATE TABLE person_index.conflict (
     subject text NOT NULL,
     partner_a text NOT NULL,
     key_a text NOT NULL,
     partner_b text NOT NULL,
     key_b text NOT NULL,
     rule text NOT NULL
   );
   CREATE INDEX conflict_by_record ON person_index.conflict (subject, partner_a, key_a);
   CREATE TABLE person_index.enrolment (
     partner text PRIMARY KEY,
     last_at timestamptz NOT NULL
   );`,
];

/** Brings the schema `person_index` up to date; safe when several processes start at once. */
export async function migrate(db: Kysely<IndexDatabase>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
    await sql`CREATE SCHEMA IF NOT EXISTS person_index`.execute(transaction);
    await sql`CREATE TABLE IF NOT EXISTS person_index.migration (step int PRIMARY KEY)`.execute(
      transaction,
    );
    const { rows } = await sql<{ done: number }>`
      SELECT count(*)::int AS done FROM person_index.migration`.execute(transaction);
    const done = rows[0]?.done ?? 0;
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < done) continue;
      for (const statement of statements.split(';').filter((text) => text.trim() !== '')) {
        await sql.raw(statement).execute(transaction);
      }
      await sql`INSERT INTO person_index.migration VALUES (${index + 1})`.execute(transaction);
    }
    await sql`INSERT INTO person_index.identity (epoch)
      SELECT ${randomUUID()} WHERE NOT EXISTS (SELECT FROM person_index.identity)`.execute(
      transaction,
    );
  });
}
