import { type Kysely, sql, type Transaction } from 'kysely';
import type { IndexDatabase } from './index-database.ts';
import type { LinkageEvent, ReviewDecision, ReviewItem, SectorKey } from './person-index-store.ts';
import { isShown, type Visibility } from './read-clusters.ts';

/** The doubtful pairs of records that may be shown, the likeliest first. */
export async function readReviewQueue(
  db: Kysely<IndexDatabase>,
  first: number,
  visibility: Visibility,
): Promise<Omit<ReviewItem, 'agreement'>[]> {
  const { rows } = await sql<{
    ref_a: string;
    ref_b: string;
    score: number;
    reason: string;
    since: Date;
  }>`
    SELECT ref_a, ref_b, score, reason, since FROM person_index.doubt
    JOIN person_index.record a ON a.subject = 'people'
      AND a.partner = split_part(ref_a, '/', 1) AND a.sector_key = split_part(ref_a, '/', 2)
    JOIN person_index.record b ON b.subject = 'people'
      AND b.partner = split_part(ref_b, '/', 1) AND b.sector_key = split_part(ref_b, '/', 2)
    WHERE ${isShown('a', visibility, 'people')} AND ${isShown('b', visibility, 'people')}
    ORDER BY score DESC, ref_a, ref_b LIMIT ${first}`.execute(db);
  return rows.map(({ ref_a, ref_b, score, reason, since }) => ({
    a: sectorKeyOf(ref_a),
    b: sectorKeyOf(ref_b),
    score,
    reason,
    since: since.toISOString(),
  }));
}

/** False = one of the two is not enrolled, or both are one institution's. */
export async function writeDecision(
  transaction: Transaction<IndexDatabase>,
  { a, b, verdict, reviewer }: ReviewDecision,
  now: string,
): Promise<boolean> {
  const [refA, refB] = [refText(a), refText(b)].sort();
  const { rows } = await sql<{ cluster_id: string }>`
    SELECT cluster_id FROM person_index.record
    WHERE subject = 'people' AND sealed IS NOT NULL AND NOT is_duplicate
      AND partner || '/' || sector_key IN (${refA}, ${refB})
      AND partner IN (${a.partner}, ${b.partner})
      AND sector_key IN (${a.sectorKey}, ${b.sectorKey})`.execute(transaction);
  if (rows.length !== 2 || a.partner === b.partner) return false;
  const wasLinked = rows[0]?.cluster_id === rows[1]?.cluster_id;
  await sql`
    INSERT INTO person_index.decision AS d (ref_a, ref_b, verdict, reviewer, decided_at, was_linked, score)
    SELECT ${refA}, ${refB}, ${verdict}, ${reviewer}, ${now}::timestamptz, ${wasLinked},
      coalesce((SELECT score FROM person_index.doubt WHERE ref_a = ${refA} AND ref_b = ${refB}),
        (SELECT score FROM person_index.link WHERE ref_a = ${refA} AND ref_b = ${refB}))
    ON CONFLICT (ref_a, ref_b) DO UPDATE SET verdict = excluded.verdict, reviewer = excluded.reviewer,
      decided_at = excluded.decided_at`.execute(transaction);
  await sql`
    INSERT INTO person_index.event (at, kind, cluster_id, refs)
    VALUES (${now}::timestamptz, ${verdict === 'SAME_PERSON' ? 'CONFIRMED' : 'BROKEN'},
      ${rows[0]?.cluster_id ?? null}::uuid, ${[refA, refB]}::text[])`.execute(transaction);
  return true;
}

/** What happened after the event with this id, oldest first; how many records, never which. */
export async function readEvents(
  db: Kysely<IndexDatabase>,
  afterId: string,
  first: number,
): Promise<LinkageEvent[]> {
  const { rows } = await sql<{ id: string; at: Date; kind: LinkageEvent['kind']; records: number }>`
    SELECT id, at, kind, cardinality(refs) AS records FROM person_index.event
    WHERE id > ${afterId}::bigint ORDER BY id LIMIT ${first}`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function refText({ partner, sectorKey }: SectorKey): string {
  return `${partner}/${sectorKey}`;
}

function sectorKeyOf(ref: string): SectorKey {
  const [partner = '', sectorKey = ''] = ref.split('/');
  if (partner === '') throw new Error('A stored record belongs to no institution');
  return { partner, sectorKey };
}
