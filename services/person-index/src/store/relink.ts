import type { EnrolmentSubject } from '@tavolo/linkage';
import { sql, type Transaction } from 'kysely';
import { assignClusterIds } from '../match/assign-cluster-ids.ts';
import type { MatchConflict, Matcher } from '../match/matcher.ts';
import type { IndexDatabase } from './index-database.ts';
import { type NeighbourRecord, readNeighbourhood, refOf } from './neighbourhood.ts';
import type { SectorKey } from './person-index-store.ts';

/** What a batch did to the records, before anything is linked. */
export interface RecordChanges {
  /** Written now and not before: their cluster id is a placeholder of their own. */
  readonly added: readonly SectorKey[];
  readonly replaced: readonly SectorKey[];
  readonly removed: readonly SectorKey[];
  /** Encodings that these records held before or hold now. */
  readonly macs: ReadonlySet<string>;
}

/** Links the neighbourhood of a change anew: clusters grow, and split again when the evidence is gone. */
export async function relink(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  changes: RecordChanges,
  matcher: Matcher,
  newId: () => string,
): Promise<void> {
  const present = [...changes.added, ...changes.replaced];
  const records = await readNeighbourhood(transaction, subject, present, changes.macs);
  const byRef = new Map(records.map((record) => [record.ref, record]));
  const added = new Set(changes.added.map(refOf));
  const { groups, conflicts } = matcher.match(records);
  const ids = assignClusterIds(
    groups.map((members) => members.map(({ ref }) => ref)),
    (ref) => (added.has(ref) ? null : (byRef.get(ref)?.clusterId ?? null)),
    newId,
  );
  const moved = groups.flatMap((members, group) =>
    members.flatMap(({ ref, rule }) => {
      const record = byRef.get(ref);
      const clusterId = ids[group];
      if (record === undefined || clusterId === undefined) return [];
      if (record.clusterId === clusterId && record.rule === rule) return [];
      return [{ record, clusterId, rule }];
    }),
  );
  await moveRecords(transaction, subject, moved);
  const touched = [...records.map(({ ref }) => ref), ...changes.removed.map(refOf)];
  await replaceConflicts(transaction, subject, touched, conflicts, byRef);
}

async function moveRecords(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  moved: readonly { record: NeighbourRecord; clusterId: string; rule: string | null }[],
): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    UPDATE person_index.record r SET cluster_id = m.cluster_id, rule = m.rule
    FROM unnest(
      ${moved.map(({ record }) => record.partner)}::text[],
      ${moved.map(({ record }) => record.sectorKey)}::text[],
      ${moved.map(({ clusterId }) => clusterId)}::uuid[],
      ${moved.map(({ rule }) => rule)}::text[]
    ) AS m (partner, sector_key, cluster_id, rule)
    WHERE r.subject = ${subject} AND r.partner = m.partner AND r.sector_key = m.sector_key`.execute(
    transaction,
  );
}

async function replaceConflicts(
  transaction: Transaction<IndexDatabase>,
  subject: EnrolmentSubject,
  touched: readonly string[],
  conflicts: readonly MatchConflict[],
  byRef: ReadonlyMap<string, NeighbourRecord>,
): Promise<void> {
  // Both records of a conflict share evidence, so both are in the neighbourhood or were removed.
  await sql`
    DELETE FROM person_index.conflict c
    USING unnest(${touched}::text[]) AS t (ref)
    WHERE c.subject = ${subject}
      AND c.partner_a = split_part(t.ref, '/', 1) AND c.key_a = split_part(t.ref, '/', 2)`.execute(
    transaction,
  );
  const rows = conflicts.flatMap(({ refs, rule }) => {
    const [a, b] = [byRef.get(refs[0]), byRef.get(refs[1])];
    return a === undefined || b === undefined ? [] : [{ a, b, rule }];
  });
  if (rows.length === 0) return;
  await sql`
    INSERT INTO person_index.conflict (subject, partner_a, key_a, partner_b, key_b, rule)
    SELECT ${subject}, * FROM unnest(
      ${rows.map(({ a }) => a.partner)}::text[], ${rows.map(({ a }) => a.sectorKey)}::text[],
      ${rows.map(({ b }) => b.partner)}::text[], ${rows.map(({ b }) => b.sectorKey)}::text[],
      ${rows.map(({ rule }) => rule)}::text[])`.execute(transaction);
}
