import { type Kysely, sql, type Transaction } from 'kysely';
import type { FurtherPartner } from '../partners/further-partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { NewPartner, SavedPartner } from './person-index-store.ts';

/** In the order in which they came. */
export async function readPartners(db: Kysely<IndexDatabase>): Promise<FurtherPartner[]> {
  const { rows } = await sql<{
    name: string;
    label_en: string;
    label_it: string;
    token_sha256: string | null;
    removed_at: Date | null;
  }>`
    SELECT name, label_en, label_it, token_sha256, removed_at FROM person_index.partner
    ORDER BY added_at, name`.execute(db);
  return rows.map((row) => ({
    name: row.name,
    label: { en: row.label_en, it: row.label_it },
    tokenSha256: row.token_sha256,
    removedAt: row.removed_at?.toISOString() ?? null,
  }));
}

/** Adds one or changes its label and token; one that was removed comes back once its records are forgotten. */
export async function savePartner(
  transaction: Transaction<IndexDatabase>,
  { name, label, tokenSha256 }: NewPartner,
  now: string,
  most: number,
): Promise<SavedPartner> {
  const present = await readPartners(transaction);
  const others = present.filter((partner) => partner.name !== name);
  if (others.some((partner) => partner.tokenSha256 === tokenSha256)) return 'TOKEN_TAKEN';
  const known = present.find((partner) => partner.name === name);
  if (known === undefined && present.length >= most) return 'TOO_MANY';
  if (known?.removedAt != null && (await hasRecords(transaction, name))) return 'BEING_FORGOTTEN';
  await sql`
    INSERT INTO person_index.partner AS p (name, label_en, label_it, token_sha256, added_at)
    VALUES (${name}, ${label.en}, ${label.it}, ${tokenSha256}, ${now}::timestamptz)
    ON CONFLICT (name) DO UPDATE SET label_en = excluded.label_en, label_it = excluded.label_it,
      token_sha256 = excluded.token_sha256, removed_at = NULL`.execute(transaction);
  return 'SAVED';
}

/** From here on nobody is found or joined through it; false = there is no such partner that enrols. */
export async function removePartner(
  transaction: Transaction<IndexDatabase>,
  name: string,
  now: string,
): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`
    UPDATE person_index.partner SET removed_at = ${now}::timestamptz, token_sha256 = NULL
    WHERE name = ${name} AND removed_at IS NULL RETURNING name`.execute(transaction);
  return rows.length > 0;
}

/** Whether this institution was removed: what it sends at that very moment is not taken. */
export async function isRemoved(
  transaction: Transaction<IndexDatabase>,
  name: string,
): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM person_index.partner
    WHERE name = ${name} AND removed_at IS NOT NULL`.execute(transaction);
  return rows.length > 0;
}

/** Some records of one subject of a partner that was removed; null = nobody has any left. */
export async function readRemovedRecords(
  transaction: Transaction<IndexDatabase>,
  most: number,
): Promise<{
  readonly partner: string;
  readonly subject: 'people' | 'households';
  readonly sectorKeys: readonly string[];
} | null> {
  const { rows } = await sql<{
    partner: string;
    subject: 'people' | 'households';
    sector_key: string;
  }>`
    SELECT r.partner, r.subject, r.sector_key FROM person_index.record r
    WHERE r.partner IN (SELECT name FROM person_index.partner WHERE removed_at IS NOT NULL)
    ORDER BY r.partner, r.subject, r.sector_key LIMIT ${most}`.execute(transaction);
  const [first] = rows;
  if (first === undefined) return null;
  const { partner, subject } = first;
  const alike = rows.filter((row) => row.partner === partner && row.subject === subject);
  return { partner, subject, sectorKeys: alike.map((row) => row.sector_key) };
}

/** What is left of removed partners without records: when they wrote last, and after a while their names. */
export async function forgetPartners(
  transaction: Transaction<IndexDatabase>,
  removedBefore: string,
): Promise<void> {
  await sql`
    DELETE FROM person_index.enrolment WHERE partner IN
      (SELECT name FROM person_index.partner WHERE removed_at IS NOT NULL)`.execute(transaction);
  await sql`
    DELETE FROM person_index.partner WHERE removed_at < ${removedBefore}::timestamptz`.execute(
    transaction,
  );
}

async function hasRecords(
  transaction: Transaction<IndexDatabase>,
  partner: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM person_index.record WHERE partner = ${partner}) AS found`.execute(
    transaction,
  );
  return rows[0]?.found === true;
}
