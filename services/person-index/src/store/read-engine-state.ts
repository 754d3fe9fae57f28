import { type EnrolmentSubject, householdRecord, personRecord } from '@tavolo/linkage';
import {
  type Decision,
  type Link,
  type LinkableHousehold,
  type LinkablePerson,
  readLinkableHousehold,
  readLinkablePerson,
  refOf,
  type Stage,
} from '@tavolo/matching';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { EngineState } from '../link/linkage-engine.ts';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import type { RecordSeal } from './sealed-record.ts';
import { sealContext } from './write-records.ts';

type Reader = Kysely<IndexDatabase> | Transaction<IndexDatabase>;

export interface TouchedPeople {
  readonly people: readonly LinkablePerson[];
  /** Refs that stand for nobody of their own: gone, forgotten, or a duplicate. */
  readonly absent: readonly string[];
  /** Sector keys, as `judged`. */
  readonly duplicates: readonly string[];
  /** All of whom this speaks. */
  readonly judged: readonly string[];
}

/** Records read at once: about two megabytes. */
const PAGE = 1_000;

interface SealedRow {
  readonly subject: EnrolmentSubject;
  readonly partner: Partner;
  readonly sector_key: string;
  readonly duplicate_of: string | null;
  readonly sealed: Uint8Array;
}

/** Everything the engine starts from. Throws SealError when another secret sealed it. */
export async function readEngineState(db: Reader, seal: RecordSeal): Promise<EngineState> {
  const people: SealedRow[] = [];
  const households: LinkableHousehold[] = [];
  let after: [string, string, string] = ['', '', ''];
  for (;;) {
    const { rows } = await sql<SealedRow>`
      SELECT subject, partner, sector_key, duplicate_of, sealed FROM person_index.record
      WHERE sealed IS NOT NULL AND (subject, partner, sector_key) > (${after[0]}, ${after[1]}, ${after[2]})
      ORDER BY subject, partner, sector_key LIMIT ${PAGE}`.execute(db);
    for (const row of rows) {
      if (row.subject === 'people') people.push(row);
      else households.push(openHousehold(row, seal));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = [last.subject, last.partner, last.sector_key];
  }
  return {
    people: withDuplicates(people, seal).people,
    households,
    removedPeople: [],
    removedHouseholds: [],
    decisions: await readDecisions(db),
    links: await readLinks(db),
    groups: await readGroups(db),
  };
}

/**
 * The engine's view of the records of one institution that a write touched, and of those whose standing it can have
 * changed: their duplicates, and whose duplicates they or those are. Neighbours of these are read to judge them by.
 */
export async function readTouchedPeople(
  db: Reader,
  seal: RecordSeal,
  partner: Partner,
  sectorKeys: readonly string[],
): Promise<TouchedPeople> {
  const related = async (keys: readonly string[], subordinates: boolean): Promise<string[]> => {
    const { rows } = subordinates
      ? await sql<{ key: string }>`
          SELECT sector_key AS key FROM person_index.record
          WHERE partner = ${partner} AND duplicate_of = ANY(${keys}::text[])`.execute(db)
      : await sql<{ key: string }>`
          SELECT DISTINCT duplicate_of AS key FROM person_index.record
          WHERE subject = 'people' AND partner = ${partner} AND duplicate_of IS NOT NULL
            AND sector_key = ANY(${keys}::text[])`.execute(db);
    return rows.map(({ key }) => key);
  };
  const subordinates = await related(sectorKeys, true);
  const judged = new Set([...sectorKeys, ...subordinates]);
  for (const key of await related([...judged], false)) judged.add(key);
  const context = new Set(judged);
  // Most records have nothing to do with duplicates.
  if (judged.size > sectorKeys.length) {
    for (const key of await related([...judged], true)) context.add(key);
    for (const key of await related([...judged], false)) context.add(key);
  }
  const { rows } = await sql<SealedRow>`
    SELECT subject, partner, sector_key, duplicate_of, sealed FROM person_index.record
    WHERE subject = 'people' AND partner = ${partner} AND sealed IS NOT NULL
      AND sector_key = ANY(${[...context]}::text[])`.execute(db);
  const read = withDuplicates(rows, seal);
  const refs = new Set([...judged].map((sectorKey) => refOf(partner, sectorKey)));
  const people = read.people.filter(({ ref }) => refs.has(ref));
  const present = new Set(people.map(({ ref }) => ref));
  return {
    people,
    absent: [...refs].filter((ref) => !present.has(ref)),
    duplicates: read.duplicates.filter((sectorKey) => judged.has(sectorKey)),
    judged: [...judged],
  };
}

/** What an institution calls one person twice is one record with the numbers of both. */
function withDuplicates(
  rows: readonly SealedRow[],
  seal: RecordSeal,
): { people: LinkablePerson[]; duplicates: string[] } {
  const byRef = new Map(rows.map((row) => [refOf(row.partner, row.sector_key), row]));
  const principalOf = (row: SealedRow): SealedRow | undefined => {
    const principal =
      row.duplicate_of === null ? undefined : byRef.get(refOf(row.partner, row.duplicate_of));
    // Two records that call each other duplicates are two records.
    return principal === undefined || principal.duplicate_of !== null ? undefined : principal;
  };
  const people = new Map<string, LinkablePerson>();
  const duplicates: SealedRow[] = [];
  for (const row of rows) {
    if (principalOf(row) !== undefined) duplicates.push(row);
    else people.set(refOf(row.partner, row.sector_key), openPerson(row, seal));
  }
  for (const row of duplicates) {
    const principal = principalOf(row);
    const held =
      principal === undefined
        ? undefined
        : people.get(refOf(principal.partner, principal.sector_key));
    if (held === undefined) continue;
    const { identifiers, attributes } = openPerson(row, seal);
    people.set(held.ref, {
      ...held,
      identifiers: [...held.identifiers, ...identifiers],
      attributes: held.attributes ?? attributes,
    });
  }
  return { people: [...people.values()], duplicates: duplicates.map((row) => row.sector_key) };
}

export async function readTouchedHouseholds(
  db: Reader,
  seal: RecordSeal,
  partner: Partner,
  sectorKeys: readonly string[],
): Promise<LinkableHousehold[]> {
  const { rows } = await sql<SealedRow>`
    SELECT subject, partner, sector_key, duplicate_of, sealed FROM person_index.record
    WHERE subject = 'households' AND partner = ${partner} AND sealed IS NOT NULL
      AND sector_key = ANY(${sectorKeys}::text[])`.execute(db);
  return rows.map((row) => openHousehold(row, seal));
}

function openPerson(row: SealedRow, seal: RecordSeal): LinkablePerson {
  const text = seal.open(sealContext('people', row.partner, row.sector_key), row.sealed);
  return readLinkablePerson(row.partner, personRecord.parse(JSON.parse(text)));
}

function openHousehold(row: SealedRow, seal: RecordSeal): LinkableHousehold {
  const text = seal.open(sealContext('households', row.partner, row.sector_key), row.sealed);
  return readLinkableHousehold(row.partner, householdRecord.parse(JSON.parse(text)));
}

async function readDecisions(db: Reader): Promise<Decision[]> {
  const { rows } = await sql<{ ref_a: string; ref_b: string; verdict: Decision['verdict'] }>`
    SELECT ref_a, ref_b, verdict FROM person_index.decision`.execute(db);
  return rows.map(({ ref_a, ref_b, verdict }) => ({ refs: [ref_a, ref_b], verdict }));
}

async function readLinks(db: Reader): Promise<Link[]> {
  const { rows } = await sql<{
    ref_a: string;
    ref_b: string;
    stage: Stage;
    rule: string;
    score: number;
  }>`SELECT ref_a, ref_b, stage, rule, score FROM person_index.link`.execute(db);
  return rows.map(({ ref_a, ref_b, ...link }) => ({ refs: [ref_a, ref_b], ...link }));
}

async function readGroups(db: Reader): Promise<string[][]> {
  const { rows } = await sql<{ refs: string[] }>`
    SELECT array_agg(partner || '/' || sector_key) AS refs FROM person_index.record
    WHERE subject = 'people' AND sealed IS NOT NULL AND NOT is_duplicate
    GROUP BY cluster_id HAVING count(*) > 1`.execute(db);
  return rows.map(({ refs }) => refs);
}
