import type { EnrolmentSubject } from '@tavolo/linkage';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { ClusterRow, SectorKey } from './person-index-store.ts';

/** A record of a cluster, as statements answer it. */
export interface MemberRow {
  readonly cluster_id: string;
  readonly partner: Partner;
  readonly sector_key: string;
  readonly confidence: number | null;
}

/**
 * What of the index may be shown: nobody protected or unwilling, nothing new, nothing of an institution that was
 * removed. Unknown and withheld look alike.
 */
export interface Visibility {
  /** `YYYY-MM-DD`: whom an institution knows since this day or later, or since it enrolled them, is too new. */
  readonly embargoFrom: string;
}

/** A row of `record`, by the alias it has in a statement; the subject, where it is known, spares the planner a branch. */
export function isShown(
  alias: string,
  { embargoFrom }: Visibility,
  subject?: EnrolmentSubject,
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const isOldEnough = sql<boolean>`least(${column('known_since')}, ${column('enrolled_at')}::date)
    < ${embargoFrom}::date`;
  const bySubject =
    subject === 'people'
      ? isOldEnough
      : subject === 'households'
        ? hasShownMember(alias, embargoFrom)
        : sql<boolean>`CASE WHEN ${column('subject')} = 'people' THEN ${isOldEnough}
            ELSE ${hasShownMember(alias, embargoFrom)} END`;
  return sql<boolean>`(NOT ${column('is_withheld')} AND ${column('sealed')} IS NOT NULL AND ${bySubject}
    AND ${column('partner')} NOT IN (
      SELECT gone.name FROM person_index.partner AS gone WHERE gone.removed_at IS NOT NULL))`;
}

/** A household all of whose enrolled members are hidden would tell of them; one without enrolled members tells of nobody. */
function hasShownMember(alias: string, embargoFrom: string): RawBuilder<boolean> {
  return sql<boolean>`(
    SELECT coalesce(bool_or(NOT one.is_withheld AND one.sealed IS NOT NULL
      AND least(one.known_since, one.enrolled_at::date) < ${embargoFrom}::date), true)
    FROM person_index.household_member AS of_household
    JOIN person_index.record AS one ON one.subject = 'people'
      AND one.partner = of_household.partner AND one.sector_key = of_household.member_key
    WHERE of_household.partner = ${sql.ref(`${alias}.partner`)}
      AND of_household.household_key = ${sql.ref(`${alias}.sector_key`)})`;
}

/** One statement for any number of keys; keys nobody enrolled, or that are not shown, are missing from the answer. */
export async function readClustersBySectorKeys(
  db: Kysely<IndexDatabase>,
  subject: EnrolmentSubject,
  keys: readonly SectorKey[],
  visibility: Visibility,
): Promise<(SectorKey & { cluster: ClusterRow })[]> {
  const { rows } = await sql<MemberRow & { asked_partner: Partner; asked_key: string }>`
    SELECT k.partner AS asked_partner, k.sector_key AS asked_key,
      m.cluster_id, m.partner, m.sector_key, m.confidence
    FROM unnest(${keys.map(({ partner }) => partner)}::text[],
      ${keys.map(({ sectorKey }) => sectorKey)}::text[]) AS k (partner, sector_key)
    JOIN person_index.record r
      ON r.subject = ${subject} AND r.partner = k.partner AND r.sector_key = k.sector_key
    JOIN person_index.record m ON m.cluster_id = r.cluster_id AND NOT m.is_duplicate
    WHERE ${isShown('r', visibility, subject)} AND ${isShown('m', visibility, subject)}`.execute(
    db,
  );
  const clusters = clustersOf(rows);
  const asked = new Map(
    rows.map((row) => [
      `${row.asked_partner}/${row.asked_key}`,
      { partner: row.asked_partner, sectorKey: row.asked_key, clusterId: row.cluster_id },
    ]),
  );
  return [...asked.values()].flatMap(({ partner, sectorKey, clusterId }) => {
    const cluster = clusters.get(clusterId);
    return cluster === undefined ? [] : [{ partner, sectorKey, cluster }];
  });
}

/** Ids that are no cluster of this subject are missing from the answer. */
export async function readClustersByIds(
  db: Kysely<IndexDatabase>,
  subject: EnrolmentSubject,
  ids: readonly string[],
  visibility: Visibility,
): Promise<ClusterRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT r.cluster_id, r.partner, r.sector_key, r.confidence FROM person_index.record r
    WHERE r.subject = ${subject} AND r.cluster_id = ANY(${ids.filter(isUuid)}::uuid[])
      AND NOT r.is_duplicate AND ${isShown('r', visibility, subject)}`.execute(db);
  return [...clustersOf(rows).values()];
}

/** The households that any institution puts one of these people in, in order of household id. */
export async function readHouseholdsByPersonIds(
  db: Kysely<IndexDatabase>,
  personIds: readonly string[],
  visibility: Visibility,
): Promise<{ personId: string; household: ClusterRow }[]> {
  const { rows } = await sql<MemberRow & { person_id: string }>`
    SELECT p.cluster_id AS person_id, m.cluster_id, m.partner, m.sector_key, m.confidence
    FROM person_index.record p
    JOIN person_index.household_member hm
      ON hm.partner = p.partner AND hm.member_key = p.sector_key
    JOIN person_index.record h ON h.subject = 'households'
      AND h.partner = hm.partner AND h.sector_key = hm.household_key
    JOIN person_index.record m ON m.cluster_id = h.cluster_id
    WHERE p.subject = 'people' AND p.cluster_id = ANY(${personIds.filter(isUuid)}::uuid[])
      AND ${isShown('p', visibility, 'people')} AND ${isShown('m', visibility, 'households')}
    ORDER BY m.cluster_id`.execute(db);
  const clusters = clustersOf(rows);
  const pairs = new Map(
    rows.map((row) => [
      `${row.person_id} ${row.cluster_id}`,
      [row.person_id, row.cluster_id] as const,
    ]),
  );
  return [...pairs.values()].flatMap(([personId, clusterId]) => {
    const household = clusters.get(clusterId);
    return household === undefined ? [] : [{ personId, household }];
  });
}

/** In the order in which the rows name them. */
export function clustersOf(rows: readonly MemberRow[]): Map<string, ClusterRow> {
  const clusters = new Map<
    string,
    { confidence: number | null; sectorKeys: Record<Partner, string> }
  >();
  for (const { cluster_id: id, partner, sector_key: sectorKey, confidence } of rows) {
    const cluster = clusters.get(id) ?? { confidence, sectorKeys: {} };
    cluster.sectorKeys[partner] = sectorKey;
    clusters.set(id, cluster);
  }
  return new Map(
    [...clusters].map(([id, { confidence, sectorKeys }]) => {
      // How sure a link is would tell of a record that is not shown.
      const isAlone = Object.keys(sectorKeys).length < 2;
      return [id, { id, confidence: isAlone ? null : confidence, sectorKeys }];
    }),
  );
}

/** An id comes from outside; PostgreSQL would fail the whole read for one that is no UUID. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
