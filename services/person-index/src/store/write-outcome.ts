import type { EnrolmentSubject } from '@tavolo/linkage';
import type { Doubt, Link } from '@tavolo/matching';
import { sql, type Transaction } from 'kysely';
import { assignClusterIds } from '../link/assign-cluster-ids.ts';
import type { EngineOutcome } from '../link/linkage-engine.ts';
import type { IndexDatabase } from './index-database.ts';

export interface OutcomeScope {
  readonly transaction: Transaction<IndexDatabase>;
  /** RFC 3339. */
  readonly now: string;
  readonly newId: () => string;
  /** Refs written for the first time: the cluster id they have is a placeholder. */
  readonly added: ReadonlySet<string>;
}

/** Rows that one statement should not outgrow: nightly work on a whole province is written in parts. */
const ROWS_PER_PART = 10_000;

/** Writes who is who now, with the reasons; what is as it was is not touched. */
export async function writeOutcome(scope: OutcomeScope, outcome: EngineOutcome): Promise<void> {
  const ruleOf = strongestRules(outcome.links);
  await writeGroups(scope, 'people', outcome.groups, (ref) => ruleOf.get(ref) ?? null);
  const looked = outcome.groups.flat();
  await writeLinks(scope, looked, outcome.links);
  await writeDoubts(scope, looked, outcome.doubts);
  await moveDuplicates(scope, looked);
  await writeConfidence(scope, looked);
  const householdRule = new Map(outcome.households.flat().map(({ ref, rule }) => [ref, rule]));
  await writeGroups(
    scope,
    'households',
    outcome.households.map((group) => group.map(({ ref }) => ref)),
    (ref) => householdRule.get(ref) ?? null,
  );
}

/** The first link that touches a record is its strongest. */
function strongestRules(links: readonly Link[]): Map<string, string> {
  const rules = new Map<string, string>();
  for (const { refs, rule } of links) {
    for (const ref of refs) if (!rules.has(ref)) rules.set(ref, rule);
  }
  return rules;
}

interface PresentRow {
  readonly ref: string;
  readonly cluster_id: string;
  readonly rule: string | null;
}

async function writeGroups(
  { transaction, now, newId, added }: OutcomeScope,
  subject: EnrolmentSubject,
  groups: readonly (readonly string[])[],
  ruleOf: (ref: string) => string | null,
): Promise<void> {
  if (groups.length === 0) return;
  const present = new Map<string, PresentRow>();
  for (const refs of partsOf(groups.flat())) {
    const { rows } = await sql<PresentRow>`
      SELECT r.partner || '/' || r.sector_key AS ref, r.cluster_id, r.rule
      FROM unnest(${refs.map(partnerOf)}::text[], ${refs.map(keyOf)}::text[]) AS k (partner, sector_key)
      JOIN person_index.record r
        ON r.subject = ${subject} AND r.partner = k.partner AND r.sector_key = k.sector_key`.execute(
      transaction,
    );
    for (const row of rows) present.set(row.ref, row);
  }
  const former = (ref: string): string | null =>
    added.has(ref) ? null : (present.get(ref)?.cluster_id ?? null);
  // Over all groups at once: two parts of one former person must not both keep its id.
  const ids = assignClusterIds(groups, former, newId);
  const moved = groups.flatMap((group, place) =>
    group.flatMap((ref) => {
      const [was, id, rule] = [present.get(ref), ids[place], ruleOf(ref)];
      if (was === undefined || id === undefined) return [];
      return was.cluster_id === id && was.rule === rule ? [] : [{ ref, id, rule }];
    }),
  );
  for (const part of partsOf(moved)) {
    await sql`
      UPDATE person_index.record r SET cluster_id = m.cluster_id, rule = m.rule
      FROM unnest(${part.map(({ ref }) => partnerOf(ref))}::text[],
        ${part.map(({ ref }) => keyOf(ref))}::text[], ${part.map(({ id }) => id)}::uuid[],
        ${part.map(({ rule }) => rule)}::text[]) AS m (partner, sector_key, cluster_id, rule)
      WHERE r.subject = ${subject} AND r.partner = m.partner AND r.sector_key = m.sector_key`.execute(
      transaction,
    );
  }
  if (subject === 'people') await writeEvents(transaction, now, eventsOf(groups, ids, former));
}

interface NewEvent {
  readonly kind: 'MERGED' | 'SPLIT';
  readonly clusterId: string;
  readonly refs: readonly string[];
}

/** Two people who turn out to be one, and one who turns out to be two; a first enrolment is neither. */
function eventsOf(
  groups: readonly (readonly string[])[],
  ids: readonly string[],
  former: (ref: string) => string | null,
): NewEvent[] {
  const partsOfId = new Map<string, number>();
  const merged: NewEvent[] = [];
  for (const [place, refs] of groups.entries()) {
    const before = new Set(refs.map(former).filter((id) => id !== null));
    for (const id of before) partsOfId.set(id, (partsOfId.get(id) ?? 0) + 1);
    if (before.size > 1) merged.push({ kind: 'MERGED', clusterId: ids[place] ?? '', refs });
  }
  const split = groups.flatMap((refs, place): NewEvent[] => {
    const parts = refs.map(former).some((id) => id !== null && (partsOfId.get(id) ?? 0) > 1);
    return parts ? [{ kind: 'SPLIT', clusterId: ids[place] ?? '', refs }] : [];
  });
  return [...merged, ...split];
}

async function writeEvents(
  transaction: Transaction<IndexDatabase>,
  now: string,
  events: readonly NewEvent[],
): Promise<void> {
  for (const part of partsOf(events)) {
    // Arrays of different lengths are no array of PostgreSQL; refs have no spaces.
    await sql`
      INSERT INTO person_index.event (at, kind, cluster_id, refs)
      SELECT ${now}::timestamptz, e.kind, e.cluster_id, string_to_array(e.refs, ' ')
      FROM unnest(${part.map(({ kind }) => kind)}::text[], ${part.map(({ clusterId }) => clusterId)}::uuid[],
        ${part.map(({ refs }) => refs.join(' '))}::text[]) WITH ORDINALITY AS e (kind, cluster_id, refs, place)
      ORDER BY e.place`.execute(transaction);
  }
}

async function writeLinks(
  { transaction, now }: OutcomeScope,
  looked: readonly string[],
  links: readonly Link[],
): Promise<void> {
  const rows = links.map((link) => ({ ...link, refs: [...link.refs].sort() }));
  await deleteOthers(transaction, 'link', looked, rows);
  if (rows.length === 0) return;
  await sql`
    INSERT INTO person_index.link AS l (ref_a, ref_b, stage, rule, score, made_at)
    SELECT n.a, n.b, n.stage, n.rule, n.score, ${now}::timestamptz
    FROM unnest(${rows.map(({ refs }) => refs[0])}::text[], ${rows.map(({ refs }) => refs[1])}::text[],
      ${rows.map(({ stage }) => stage)}::text[], ${rows.map(({ rule }) => rule)}::text[],
      ${rows.map(({ score }) => score)}::real[]) AS n (a, b, stage, rule, score)
    ON CONFLICT (ref_a, ref_b) DO UPDATE SET stage = excluded.stage, rule = excluded.rule,
      score = excluded.score,
      made_at = CASE WHEN l.stage = excluded.stage AND l.rule = excluded.rule
        THEN l.made_at ELSE excluded.made_at END`.execute(transaction);
}

async function writeDoubts(
  { transaction, now }: OutcomeScope,
  looked: readonly string[],
  doubts: readonly Doubt[],
): Promise<void> {
  const rows = doubts.map((doubt) => ({ ...doubt, refs: [...doubt.refs].sort() }));
  await deleteOthers(transaction, 'doubt', looked, rows);
  if (rows.length === 0) return;
  await sql`
    INSERT INTO person_index.doubt AS d (ref_a, ref_b, reason, score, since)
    SELECT n.a, n.b, n.reason, n.score, ${now}::timestamptz
    FROM unnest(${rows.map(({ refs }) => refs[0])}::text[], ${rows.map(({ refs }) => refs[1])}::text[],
      ${rows.map(({ reason }) => reason)}::text[], ${rows.map(({ score }) => score)}::real[])
      AS n (a, b, reason, score)
    ON CONFLICT (ref_a, ref_b) DO UPDATE SET reason = excluded.reason, score = excluded.score`.execute(
    transaction,
  );
}

/** What was there about the records looked at and is not there any more. */
async function deleteOthers(
  transaction: Transaction<IndexDatabase>,
  table: 'link' | 'doubt',
  looked: readonly string[],
  kept: readonly { readonly refs: readonly string[] }[],
): Promise<void> {
  await sql`
    DELETE FROM ${sql.id('person_index', table)} t
    WHERE (t.ref_a = ANY(${[...looked]}::text[]) OR t.ref_b = ANY(${[...looked]}::text[]))
      AND NOT EXISTS (
        SELECT FROM unnest(${kept.map(({ refs }) => refs[0])}::text[],
          ${kept.map(({ refs }) => refs[1])}::text[]) AS k (a, b)
        WHERE k.a = t.ref_a AND k.b = t.ref_b)`.execute(transaction);
}

/** A record that its institution calls a duplicate goes where the other one is. */
async function moveDuplicates(
  { transaction }: OutcomeScope,
  looked: readonly string[],
): Promise<void> {
  await sql`
    UPDATE person_index.record d SET cluster_id = p.cluster_id
    FROM unnest(${looked.map(partnerOf)}::text[], ${looked.map(keyOf)}::text[]) AS k (partner, sector_key)
    JOIN person_index.record p
      ON p.subject = 'people' AND p.partner = k.partner AND p.sector_key = k.sector_key
    WHERE d.is_duplicate AND d.subject = 'people' AND d.partner = p.partner
      AND d.duplicate_of = p.sector_key AND d.cluster_id <> p.cluster_id`.execute(transaction);
}

/** How sure a person is, and whether anybody in it must be kept from sharing: both are the whole person's. */
async function writeConfidence(
  { transaction }: OutcomeScope,
  looked: readonly string[],
): Promise<void> {
  await sql`
    WITH touched AS (
      SELECT DISTINCT r.cluster_id
      FROM unnest(${looked.map(partnerOf)}::text[], ${looked.map(keyOf)}::text[]) AS k (partner, sector_key)
      JOIN person_index.record r
        ON r.subject = 'people' AND r.partner = k.partner AND r.sector_key = k.sector_key
    ), person AS (
      SELECT t.cluster_id, bool_or(r.is_restricted OR r.inherits_protection OR coalesce(r.sharing = 'EXCLUDED', false))
          AS is_withheld,
        min(l.score) AS confidence
      FROM touched t
      JOIN person_index.record r ON r.cluster_id = t.cluster_id
      LEFT JOIN person_index.link l ON l.ref_a = r.partner || '/' || r.sector_key
      GROUP BY t.cluster_id
    )
    UPDATE person_index.record r SET is_withheld = p.is_withheld, confidence = p.confidence
    FROM person p
    WHERE r.cluster_id = p.cluster_id
      AND (r.is_withheld, r.confidence) IS DISTINCT FROM (p.is_withheld, p.confidence)`.execute(
    transaction,
  );
}

function partnerOf(ref: string): string {
  return ref.slice(0, ref.indexOf('/'));
}

function keyOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

function* partsOf<T>(rows: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_PART) {
    yield rows.slice(start, start + ROWS_PER_PART);
  }
}
