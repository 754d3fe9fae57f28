import type { EnrolmentFigures, EnrolmentSubject, ManifestPage } from '@tavolo/linkage';
import { type Kysely, sql } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { IndexStatus } from './person-index-store.ts';
import { isShown, type Visibility } from './read-clusters.ts';

/** Tells this store from an empty one that took its place. */
export async function readEpoch(db: Kysely<IndexDatabase>): Promise<string> {
  const { rows } = await sql<{ epoch: string }>`SELECT epoch FROM person_index.identity`.execute(
    db,
  );
  return rows[0]?.epoch ?? '';
}

/** How many records one institution has enrolled. */
export async function readFigures(
  db: Kysely<IndexDatabase>,
  partner: Partner,
): Promise<EnrolmentFigures> {
  const { rows } = await sql<EnrolmentFigures>`
    SELECT (SELECT epoch FROM person_index.identity) AS epoch,
      count(*) FILTER (WHERE subject = 'people')::int AS people,
      count(*) FILTER (WHERE subject = 'households')::int AS households
    FROM person_index.record WHERE partner = ${partner}`.execute(db);
  return rows[0] ?? { epoch: '', people: 0, households: 0 };
}

/** One page of the sector keys and versions of one institution. */
export async function readManifest(
  db: Kysely<IndexDatabase>,
  partner: Partner,
  subject: EnrolmentSubject,
  after: string | null,
  size: number,
): Promise<ManifestPage> {
  const { rows } = await sql<{ sectorKey: string; version: string }>`
    SELECT sector_key AS "sectorKey", version FROM person_index.record
    WHERE subject = ${subject} AND partner = ${partner} AND sector_key COLLATE "C" > ${after ?? ''}
    ORDER BY sector_key COLLATE "C" LIMIT ${size + 1}`.execute(db);
  const records = rows.slice(0, size);
  const next = rows.length > size ? (records.at(-1)?.sectorKey ?? null) : null;
  return { epoch: await readEpoch(db), records, next };
}

/** RFC 3339; the newest write of any institution. */
export async function readLastEnrolmentAt(db: Kysely<IndexDatabase>): Promise<string | null> {
  const { rows } = await sql<{ at: Date | null }>`
    SELECT max(last_at) AS at FROM person_index.enrolment`.execute(db);
  return rows[0]?.at?.toISOString() ?? null;
}

/** Figures about whoever may be shown: a count that moved with the others would tell of them. */
export async function readStatus(
  db: Kysely<IndexDatabase>,
  visibility: Visibility,
  partners: readonly Partner[],
): Promise<IndexStatus> {
  const [records, sizes, enrolments, conflicts, rules] = await Promise.all([
    sql<{ partner: Partner; subject: EnrolmentSubject; records: number }>`
      SELECT partner, subject, count(*)::int AS records FROM person_index.record AS r
      WHERE ${isShown('r', visibility)} GROUP BY partner, subject`.execute(db),
    sql<{ subject: EnrolmentSubject; institutions: number; clusters: number }>`
      SELECT subject, institutions, count(*)::int AS clusters FROM (
        SELECT subject, count(*)::int AS institutions FROM person_index.record AS r
        WHERE NOT is_duplicate AND ${isShown('r', visibility)}
        GROUP BY subject, cluster_id) AS cluster
      GROUP BY subject, institutions ORDER BY institutions`.execute(db),
    sql<{ partner: Partner; last_at: Date }>`
      SELECT partner, last_at FROM person_index.enrolment`.execute(db),
    sql<{ conflicts: number }>`
      SELECT count(*)::int AS conflicts FROM person_index.doubt
      WHERE reason = 'CONTRADICTION'`.execute(db),
    sql<{ stage: string; rule: string; links: number }>`
      SELECT stage, rule, count(*)::int AS links FROM person_index.link
      GROUP BY stage, rule ORDER BY links DESC, stage, rule`.execute(db),
  ]);
  const recordsOf = (partner: Partner, subject: EnrolmentSubject): number =>
    records.rows.find((row) => row.partner === partner && row.subject === subject)?.records ?? 0;
  const clustersOf = (subject: EnrolmentSubject): number =>
    sizes.rows.reduce((sum, row) => sum + (row.subject === subject ? row.clusters : 0), 0);
  return {
    people: clustersOf('people'),
    households: clustersOf('households'),
    partners: partners.map((partner) => ({
      partner,
      people: recordsOf(partner, 'people'),
      households: recordsOf(partner, 'households'),
      lastEnrolmentAt:
        enrolments.rows.find((row) => row.partner === partner)?.last_at.toISOString() ?? null,
    })),
    peopleByInstitutionCount: partners.map((_, index) => ({
      institutions: index + 1,
      people:
        sizes.rows.find(
          ({ subject, institutions }) => subject === 'people' && institutions === index + 1,
        )?.clusters ?? 0,
    })),
    conflicts: conflicts.rows[0]?.conflicts ?? 0,
    linksByRule: rules.rows,
  };
}
