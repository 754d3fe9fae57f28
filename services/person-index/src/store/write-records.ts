import type { EnrolmentSubject, HouseholdRecord, PersonRecord } from '@tavolo/linkage';
import { sql, type Transaction } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { RecordSeal } from './sealed-record.ts';

export interface WriteScope {
  readonly transaction: Transaction<IndexDatabase>;
  readonly partner: Partner;
  readonly seal: RecordSeal;
  /** RFC 3339. */
  readonly now: string;
  /** `YYYY-MM-DD`: files closed before this day are past their retention. */
  readonly forgetClosedBefore: string;
  readonly newId: () => string;
}

/** Keys of one institution that a write touched. */
export interface WrittenKeys {
  /** Written now; some may be kept as key and version only, past their retention. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Of the written ones, those that were not there before: their cluster id is a placeholder. */
  readonly added: ReadonlySet<string>;
  /** Whose duplicates some of them were before: what a principal had from a duplicate goes with it. */
  readonly formerPrincipals: readonly string[];
}

/** What sealed text is tied to. */
export function sealContext(
  subject: EnrolmentSubject,
  partner: Partner,
  sectorKey: string,
): string {
  return `${subject}/${partner}/${sectorKey}`;
}

/** Writes the people whose version is news; who they are is left to the engine. */
export async function writePeople(
  scope: WriteScope,
  records: readonly PersonRecord[],
): Promise<WrittenKeys> {
  const { transaction, partner, seal, now, forgetClosedBefore } = scope;
  const { news, added, formerPrincipals } = await newsAmong(scope, 'people', records);
  const isPast = (one: PersonRecord): boolean =>
    one.closedOn !== undefined && one.closedOn < forgetClosedBefore;
  if (news.length > 0) {
    await sql`
      INSERT INTO person_index.record AS r (subject, partner, sector_key, version, cluster_id,
        enrolled_at, sealed, duplicate_of, is_restricted, sharing, known_since, closed_on)
      SELECT 'people', ${partner}, n.sector_key, n.version, n.cluster_id, ${now}::timestamptz, n.sealed,
        n.duplicate_of, n.is_restricted, n.sharing, n.known_since, n.closed_on
      FROM unnest(
        ${news.map(({ sectorKey }) => sectorKey)}::text[], ${news.map(({ version }) => version)}::text[],
        ${news.map(scope.newId)}::uuid[],
        ${news.map((one) =>
          isPast(one)
            ? null
            : seal.seal(sealContext('people', partner, one.sectorKey), JSON.stringify(one)),
        )}::bytea[],
        ${news.map(({ duplicateOf }) => duplicateOf ?? null)}::text[],
        ${news.map(({ isRestricted }) => isRestricted === true)}::boolean[],
        ${news.map(({ sharing }) => sharing ?? null)}::text[],
        ${news.map(({ knownSince }) => knownSince ?? null)}::date[],
        ${news.map(({ closedOn }) => closedOn ?? null)}::date[]
      ) AS n (sector_key, version, cluster_id, sealed, duplicate_of, is_restricted, sharing, known_since, closed_on)
      ON CONFLICT (subject, partner, sector_key) DO UPDATE SET version = excluded.version,
        sealed = excluded.sealed, duplicate_of = excluded.duplicate_of,
        is_restricted = excluded.is_restricted, sharing = excluded.sharing,
        known_since = excluded.known_since, closed_on = excluded.closed_on,
        cluster_id = CASE WHEN excluded.sealed IS NULL THEN excluded.cluster_id ELSE r.cluster_id END,
        rule = CASE WHEN excluded.sealed IS NULL THEN NULL ELSE r.rule END,
        confidence = CASE WHEN excluded.sealed IS NULL THEN NULL ELSE r.confidence END`.execute(
      transaction,
    );
  }
  const past = news.filter(isPast).map(({ sectorKey }) => sectorKey);
  await forgetPairs(transaction, partner, past);
  return { written: news.map(({ sectorKey }) => sectorKey), removed: [], added, formerPrincipals };
}

/** Writes the households whose version is news. */
export async function writeHouseholds(
  scope: WriteScope,
  records: readonly HouseholdRecord[],
): Promise<WrittenKeys> {
  const { transaction, partner, seal, now } = scope;
  const { news, added } = await newsAmong(scope, 'households', records);
  const keys = news.map(({ sectorKey }) => sectorKey);
  await deleteMembers(scope, keys);
  if (news.length > 0) {
    await sql`
      INSERT INTO person_index.record AS r
        (subject, partner, sector_key, version, cluster_id, enrolled_at, sealed)
      SELECT 'households', ${partner}, n.sector_key, n.version, n.cluster_id, ${now}::timestamptz, n.sealed
      FROM unnest(${keys}::text[], ${news.map(({ version }) => version)}::text[],
        ${news.map(scope.newId)}::uuid[],
        ${news.map((one) =>
          seal.seal(sealContext('households', partner, one.sectorKey), JSON.stringify(one)),
        )}::bytea[]) AS n (sector_key, version, cluster_id, sealed)
      ON CONFLICT (subject, partner, sector_key)
        DO UPDATE SET version = excluded.version, sealed = excluded.sealed`.execute(transaction);
    const members = news.flatMap(({ sectorKey, memberSectorKeys }) =>
      [...new Set(memberSectorKeys)].map((member) => ({ sectorKey, member })),
    );
    await sql`
      INSERT INTO person_index.household_member (partner, household_key, member_key)
      SELECT ${partner}, * FROM unnest(${members.map(({ sectorKey }) => sectorKey)}::text[],
        ${members.map(({ member }) => member)}::text[])`.execute(transaction);
  }
  return { written: keys, removed: [], added, formerPrincipals: [] };
}

/** Deletes records, what was decided by machine about them, and who asked; nobody's key is no change. */
export async function deleteRecords(
  scope: WriteScope,
  subject: EnrolmentSubject,
  sectorKeys: readonly string[],
): Promise<WrittenKeys> {
  const { transaction, partner } = scope;
  if (subject === 'people') await leaveProtection(transaction, partner, sectorKeys);
  const { rows } = await sql<{ sector_key: string; duplicate_of: string | null }>`
    DELETE FROM person_index.record
    WHERE subject = ${subject} AND partner = ${partner} AND sector_key = ANY(${sectorKeys}::text[])
    RETURNING sector_key, duplicate_of`.execute(transaction);
  const removed = rows.map((row) => row.sector_key);
  if (subject === 'households') await deleteMembers(scope, removed);
  else await forgetPairs(transaction, partner, removed);
  return { written: [], removed, added: new Set(), formerPrincipals: principalsOf(rows) };
}

/**
 * Whoever was protected stays so when the institution that said it forgets them: the person's other records keep it
 * as long as they are enrolled.
 */
export async function leaveProtection(
  transaction: Transaction<IndexDatabase>,
  partner: Partner,
  sectorKeys: readonly string[],
): Promise<void> {
  await sql`
    UPDATE person_index.record o SET inherits_protection = true
    FROM person_index.record r
    WHERE r.subject = 'people' AND r.partner = ${partner} AND r.sector_key = ANY(${sectorKeys}::text[])
      AND (r.is_restricted OR r.inherits_protection OR r.sharing = 'EXCLUDED')
      AND o.cluster_id = r.cluster_id AND (o.partner, o.sector_key) <> (r.partner, r.sector_key)
      AND NOT o.inherits_protection`.execute(transaction);
}

/** Links, doubts, events and the access list of records that are no more. Decisions stay: they must outlive a re-enrolment. */
export async function forgetPairs(
  transaction: Transaction<IndexDatabase>,
  partner: Partner,
  sectorKeys: readonly string[],
): Promise<void> {
  if (sectorKeys.length === 0) return;
  const refs = sectorKeys.map((sectorKey) => `${partner}/${sectorKey}`);
  for (const table of ['link', 'doubt'] as const) {
    await sql`
      DELETE FROM ${sql.id('person_index', table)}
      WHERE ref_a = ANY(${refs}::text[]) OR ref_b = ANY(${refs}::text[])`.execute(transaction);
  }
  await sql`
    UPDATE person_index.event SET refs =
      ARRAY(SELECT ref FROM unnest(refs) AS ref WHERE ref <> ALL(${refs}::text[]))
    WHERE refs && ${refs}::text[]`.execute(transaction);
  await sql`
    DELETE FROM person_index.access
    WHERE partner = ${partner} AND sector_key = ANY(${sectorKeys}::text[])`.execute(transaction);
}

async function newsAmong<R extends { readonly sectorKey: string; readonly version: string }>(
  { transaction, partner }: WriteScope,
  subject: EnrolmentSubject,
  records: readonly R[],
): Promise<{ news: R[]; added: Set<string>; formerPrincipals: string[] }> {
  const { rows } = await sql<{ sector_key: string; version: string; duplicate_of: string | null }>`
    SELECT sector_key, version, duplicate_of FROM person_index.record
    WHERE subject = ${subject} AND partner = ${partner}
      AND sector_key = ANY(${records.map(({ sectorKey }) => sectorKey)}::text[])`.execute(
    transaction,
  );
  const known = new Map(rows.map((row) => [row.sector_key, row.version]));
  const news = records.filter(({ sectorKey, version }) => known.get(sectorKey) !== version);
  const added = news.filter(({ sectorKey }) => !known.has(sectorKey));
  const isNews = new Set(news.map(({ sectorKey }) => sectorKey));
  return {
    news,
    added: new Set(added.map(({ sectorKey }) => sectorKey)),
    formerPrincipals: principalsOf(rows.filter((row) => isNews.has(row.sector_key))),
  };
}

function principalsOf(rows: readonly { readonly duplicate_of: string | null }[]): string[] {
  return rows.flatMap((row) => row.duplicate_of ?? []);
}

async function deleteMembers(
  { transaction, partner }: WriteScope,
  householdKeys: readonly string[],
): Promise<void> {
  if (householdKeys.length === 0) return;
  await sql`
    DELETE FROM person_index.household_member
    WHERE partner = ${partner} AND household_key = ANY(${householdKeys}::text[])`.execute(
    transaction,
  );
}
