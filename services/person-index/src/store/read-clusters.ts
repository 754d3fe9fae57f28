import type { EnrolmentSubject } from '@tavolo/linkage';
import { type Kysely, sql } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { ClusterRow, SectorKey } from './person-index-store.ts';

interface MemberRow {
  readonly cluster_id: string;
  readonly partner: Partner;
  readonly sector_key: string;
}

/** One statement for any number of keys; keys nobody enrolled are missing from the answer. */
export async function readClustersBySectorKeys(
  db: Kysely<IndexDatabase>,
  subject: EnrolmentSubject,
  keys: readonly SectorKey[],
): Promise<(SectorKey & { cluster: ClusterRow })[]> {
  const { rows } = await sql<MemberRow & { asked_partner: Partner; asked_key: string }>`
    SELECT k.partner AS asked_partner, k.sector_key AS asked_key,
      m.cluster_id, m.partner, m.sector_key
    FROM unnest(${keys.map(({ partner }) => partner)}::text[],
      ${keys.map(({ sectorKey }) => sectorKey)}::text[]) AS k (partner, sector_key)
    JOIN person_index.record r
      ON r.subject = ${subject} AND r.partner = k.partner AND r.sector_key = k.sector_key
    JOIN person_index.record m ON m.cluster_id = r.cluster_id`.execute(db);
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
): Promise<ClusterRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT cluster_id, partner, sector_key FROM person_index.record
    WHERE subject = ${subject} AND cluster_id = ANY(${ids.filter(isUuid)}::uuid[])`.execute(db);
  return [...clustersOf(rows).values()];
}

/** The households that any institution puts one of these people in, in order of household id. */
export async function readHouseholdsByPersonIds(
  db: Kysely<IndexDatabase>,
  personIds: readonly string[],
): Promise<{ personId: string; household: ClusterRow }[]> {
  const { rows } = await sql<MemberRow & { person_id: string }>`
    SELECT p.cluster_id AS person_id, m.cluster_id, m.partner, m.sector_key
    FROM person_index.record p
    JOIN person_index.household_member hm
      ON hm.partner = p.partner AND hm.member_key = p.sector_key
    JOIN person_index.record h ON h.subject = 'households'
      AND h.partner = hm.partner AND h.sector_key = hm.household_key
    JOIN person_index.record m ON m.cluster_id = h.cluster_id
    WHERE p.subject = 'people' AND p.cluster_id = ANY(${personIds.filter(isUuid)}::uuid[])
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

function clustersOf(rows: readonly MemberRow[]): Map<string, ClusterRow> {
  const keys = new Map<string, Partial<Record<Partner, string>>>();
  for (const { cluster_id: id, partner, sector_key: sectorKey } of rows) {
    const sectorKeys = keys.get(id) ?? {};
    sectorKeys[partner] = sectorKey;
    keys.set(id, sectorKeys);
  }
  return new Map([...keys].map(([id, sectorKeys]) => [id, { id, sectorKeys }]));
}

/** An id comes from outside; PostgreSQL would fail the whole read for one that is no UUID. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
