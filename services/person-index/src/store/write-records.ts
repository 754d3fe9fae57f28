import type { EnrolmentSubject } from '@tavolo/linkage';
import { sql, type Transaction } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { EnrolledRecord, SectorKey } from './person-index-store.ts';
import type { RecordChanges } from './relink.ts';

export interface WriteScope {
  readonly transaction: Transaction<IndexDatabase>;
  readonly partner: Partner;
  readonly subject: EnrolmentSubject;
}

/** Writes the records whose version is news; their clusters are left to `relink`. */
export async function writeRecords(
  scope: WriteScope,
  records: readonly EnrolledRecord[],
  enrolledAt: string,
  newId: () => string,
): Promise<RecordChanges> {
  const { transaction, partner, subject } = scope;
  const known = await readVersions(
    scope,
    records.map(({ sectorKey }) => sectorKey),
  );
  const news = records.filter(({ sectorKey, version }) => known.get(sectorKey) !== version);
  const keys = news.map(({ sectorKey }) => sectorKey);
  const before = await deleteParts(scope, keys);
  if (news.length > 0) {
    await sql`
      INSERT INTO person_index.record AS r
        (subject, partner, sector_key, version, cluster_id, enrolled_at)
      SELECT ${subject}, ${partner}, n.sector_key, n.version, n.cluster_id, ${enrolledAt}::timestamptz
      FROM unnest(${keys}::text[], ${news.map(({ version }) => version)}::text[],
        ${news.map(newId)}::uuid[]) AS n (sector_key, version, cluster_id)
      ON CONFLICT (subject, partner, sector_key)
        DO UPDATE SET version = excluded.version, enrolled_at = excluded.enrolled_at`.execute(
      transaction,
    );
    await insertEvidence(scope, news);
    await insertMembers(scope, news);
  }
  const asKey = (sectorKey: string): SectorKey => ({ partner, sectorKey });
  return {
    added: keys.filter((key) => !known.has(key)).map(asKey),
    replaced: keys.filter((key) => known.has(key)).map(asKey),
    removed: [],
    macs: new Set([...before, ...news.flatMap(({ evidence }) => evidence.map(({ mac }) => mac))]),
  };
}

/** Deletes records; those nobody knows are no change. */
export async function deleteRecords(
  scope: WriteScope,
  sectorKeys: readonly string[],
): Promise<RecordChanges> {
  const { transaction, partner, subject } = scope;
  const known = [...(await readVersions(scope, sectorKeys)).keys()];
  const macs = await deleteParts(scope, known);
  await sql`
    DELETE FROM person_index.record
    WHERE subject = ${subject} AND partner = ${partner} AND sector_key = ANY(${known}::text[])`.execute(
    transaction,
  );
  const removed = known.map((sectorKey) => ({ partner, sectorKey }));
  return { added: [], replaced: [], removed, macs: new Set(macs) };
}

async function readVersions(
  { transaction, partner, subject }: WriteScope,
  sectorKeys: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ sector_key: string; version: string }>`
    SELECT sector_key, version FROM person_index.record
    WHERE subject = ${subject} AND partner = ${partner}
      AND sector_key = ANY(${sectorKeys}::text[])`.execute(transaction);
  return new Map(rows.map((row) => [row.sector_key, row.version]));
}

/** Removes evidence and members; answers the encodings that were there. */
async function deleteParts(
  { transaction, partner, subject }: WriteScope,
  sectorKeys: readonly string[],
): Promise<string[]> {
  if (sectorKeys.length === 0) return [];
  const { rows } = await sql<{ mac: string }>`
    DELETE FROM person_index.evidence
    WHERE subject = ${subject} AND partner = ${partner} AND sector_key = ANY(${sectorKeys}::text[])
    RETURNING mac`.execute(transaction);
  if (subject === 'households') {
    await sql`
      DELETE FROM person_index.household_member
      WHERE partner = ${partner} AND household_key = ANY(${sectorKeys}::text[])`.execute(
      transaction,
    );
  }
  return rows.map(({ mac }) => mac);
}

async function insertEvidence(
  { transaction, partner, subject }: WriteScope,
  records: readonly EnrolledRecord[],
): Promise<void> {
  const rows = records.flatMap(({ sectorKey, evidence }) =>
    evidence.map((one) => ({ sectorKey, ...one })),
  );
  if (rows.length === 0) return;
  await sql`
    INSERT INTO person_index.evidence
      (subject, partner, sector_key, kind, key_id, mac, valid_from, valid_to)
    SELECT ${subject}, ${partner}, * FROM unnest(
      ${rows.map(({ sectorKey }) => sectorKey)}::text[], ${rows.map(({ kind }) => kind)}::text[],
      ${rows.map(({ keyId }) => keyId)}::text[], ${rows.map(({ mac }) => mac)}::text[],
      ${rows.map(({ validFrom }) => validFrom ?? null)}::date[],
      ${rows.map(({ validTo }) => validTo ?? null)}::date[])`.execute(transaction);
}

async function insertMembers(
  { transaction, partner }: WriteScope,
  records: readonly EnrolledRecord[],
): Promise<void> {
  const rows = records.flatMap(({ sectorKey, memberSectorKeys }) =>
    [...new Set(memberSectorKeys)].map((member) => ({ sectorKey, member })),
  );
  if (rows.length === 0) return;
  await sql`
    INSERT INTO person_index.household_member (partner, household_key, member_key)
    SELECT ${partner}, * FROM unnest(
      ${rows.map(({ sectorKey }) => sectorKey)}::text[],
      ${rows.map(({ member }) => member)}::text[])`.execute(transaction);
}
