import { type Kysely, sql } from 'kysely';
import type { IndexDatabase } from './index-database.ts';
import type { ClusterRow, ListedPerson } from './person-index-store.ts';
import { clustersOf, isShown, type MemberRow, type Visibility } from './read-clusters.ts';

interface ReferredRow extends MemberRow {
  readonly ref: string;
}

/** People who may be shown, after a reference, in the order of references. */
export async function readPeople(
  db: Kysely<IndexDatabase>,
  afterRef: string | null,
  size: number,
  visibility: Visibility,
): Promise<ListedPerson[]> {
  const { rows } = await sql<ReferredRow>`
    SELECT p.ref, r.cluster_id, r.partner, r.sector_key, r.confidence
    FROM (
      SELECT p.ref, p.cluster_id FROM person_index.person_ref p
      WHERE p.ref > ${afterRef ?? ''} AND EXISTS (
        SELECT FROM person_index.record s WHERE s.cluster_id = p.cluster_id
          AND s.subject = 'people' AND NOT s.is_duplicate AND ${isShown('s', visibility, 'people')})
      ORDER BY p.ref LIMIT ${size}) AS p
    JOIN person_index.record r ON r.cluster_id = p.cluster_id AND r.subject = 'people'
      AND NOT r.is_duplicate AND ${isShown('r', visibility, 'people')}
    ORDER BY p.ref`.execute(db);
  return withRefs(rows);
}

/** One statement for any number of references; those of nobody, or of nobody who may be shown, are missing. */
export async function readClustersByRefs(
  db: Kysely<IndexDatabase>,
  refs: readonly string[],
  visibility: Visibility,
): Promise<ListedPerson[]> {
  const { rows } = await sql<ReferredRow>`
    SELECT p.ref, r.cluster_id, r.partner, r.sector_key, r.confidence
    FROM person_index.person_ref p
    JOIN person_index.record r ON r.cluster_id = p.cluster_id AND r.subject = 'people'
      AND NOT r.is_duplicate AND ${isShown('r', visibility, 'people')}
    WHERE p.ref = ANY(${refs}::text[])`.execute(db);
  return withRefs(rows);
}

function withRefs(rows: readonly ReferredRow[]): ListedPerson[] {
  const clusters: ReadonlyMap<string, ClusterRow> = clustersOf(rows);
  const refOf = new Map(rows.map((row) => [row.cluster_id, row.ref]));
  return [...clusters].flatMap(([id, person]) => {
    const ref = refOf.get(id);
    return ref === undefined ? [] : [{ ref, person }];
  });
}
