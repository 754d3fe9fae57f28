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
  // Names and dates count from here on: institutions see a new epoch and send everything again.
  `DROP TABLE person_index.evidence;
   DROP TABLE person_index.conflict;
   DELETE FROM person_index.household_member;
   DELETE FROM person_index.record;
   DELETE FROM person_index.identity;
   ALTER TABLE person_index.identity ADD COLUMN revision bigint NOT NULL DEFAULT 0;
   ALTER TABLE person_index.record DROP CONSTRAINT one_record_per_institution;
   ALTER TABLE person_index.record
     ADD COLUMN confidence real,
     ADD COLUMN sealed bytea,
     ADD COLUMN duplicate_of text,
     ADD COLUMN is_duplicate boolean NOT NULL DEFAULT false,
     ADD COLUMN is_restricted boolean NOT NULL DEFAULT false,
     ADD COLUMN inherits_protection boolean NOT NULL DEFAULT false,
     ADD COLUMN sharing text,
     ADD COLUMN is_withheld boolean NOT NULL DEFAULT false,
     ADD COLUMN known_since date,
     ADD COLUMN closed_on date,
     ADD CONSTRAINT one_record_per_institution EXCLUDE USING btree (cluster_id WITH =, partner WITH =)
       WHERE (NOT is_duplicate) DEFERRABLE INITIALLY DEFERRED;
   CREATE INDEX record_by_closing ON person_index.record (closed_on) WHERE sealed IS NOT NULL;
   CREATE TABLE person_index.link (
     ref_a text NOT NULL, ref_b text NOT NULL, stage text NOT NULL, rule text NOT NULL,
     score real NOT NULL, made_at timestamptz NOT NULL, PRIMARY KEY (ref_a, ref_b)
   );
   CREATE INDEX link_by_b ON person_index.link (ref_b);
   CREATE TABLE person_index.doubt (
     ref_a text NOT NULL, ref_b text NOT NULL, reason text NOT NULL,
     score real NOT NULL, since timestamptz NOT NULL, PRIMARY KEY (ref_a, ref_b)
   );
   CREATE INDEX doubt_by_b ON person_index.doubt (ref_b);
   CREATE TABLE person_index.decision (
     ref_a text NOT NULL, ref_b text NOT NULL, verdict text NOT NULL, reviewer text NOT NULL,
     decided_at timestamptz NOT NULL, was_linked boolean NOT NULL, score real, PRIMARY KEY (ref_a, ref_b)
   );
   CREATE TABLE person_index.event (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL,
     cluster_id uuid NOT NULL, refs text[] NOT NULL
   );
   CREATE INDEX event_by_ref ON person_index.event USING gin (refs);
   CREATE TABLE person_index.access (
     partner text NOT NULL, sector_key text NOT NULL, purpose text NOT NULL, day date NOT NULL,
     times int NOT NULL, PRIMARY KEY (partner, sector_key, purpose, day)
   );
   CREATE TABLE person_index.linkage_key (id text PRIMARY KEY, key_check text NOT NULL)`,
  `CREATE INDEX record_by_principal ON person_index.record (partner, duplicate_of)
     WHERE duplicate_of IS NOT NULL;
   ALTER TABLE person_index.linkage_key
     ADD COLUMN named_by text,
     ADD COLUMN is_agreed boolean NOT NULL DEFAULT true`,
  `ALTER TABLE person_index.access ADD COLUMN request_ids text[] NOT NULL DEFAULT '{}'`,
  // The constraint that keeps one record per institution in a cluster leaves out duplicates, so joins cannot use it.
  `CREATE INDEX record_by_cluster ON person_index.record (cluster_id)`,
  // In bytes, as the pages of people go: the order of a language would change with the server's locale.
  `CREATE TABLE person_index.person_ref (
     cluster_id uuid PRIMARY KEY,
     ref text COLLATE "C" NOT NULL UNIQUE,
     secret_check text NOT NULL
   )`,
  // Institutions taken in while the index runs; one that was removed keeps its name until nothing of it is left.
  `CREATE TABLE person_index.partner (
     name text PRIMARY KEY,
     label_en text NOT NULL,
     label_it text NOT NULL,
     token_sha256 text UNIQUE,
     added_at timestamptz NOT NULL,
     removed_at timestamptz
   )`,
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
