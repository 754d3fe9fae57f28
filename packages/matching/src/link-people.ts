import { CALIBRATION } from './calibration.ts';
import type { LinkablePerson } from './linkable-person.ts';
import type { PairEvidence } from './pair-evidence.ts';
import type { PeopleGraph, PersonPair } from './people-graph.ts';
import type {
  CarriedLink,
  Decision,
  Doubt,
  Link,
  Stage,
  Thresholds,
  WeighedPair,
} from './resolution.ts';
import { resolvePeople } from './resolve-people.ts';
import { weighAttributes, weighHousehold } from './weigh-pair.ts';

/**
 * Probability from which two records are linked, and from which a person should look at them. In the labelled
 * provinces of the calibration more than 98 of 100 pairs just above `link` were one person.
 */
export const DEFAULT_THRESHOLDS: Thresholds = { link: 0.9, review: 0.05 };

/** Pairs whose names and dates weigh less are chance, whatever the household says. */
const LEAST_WEIGHT = 2;

export interface LinkPeopleOptions {
  /** What reviewers decided about two records; `[]` when nobody reviewed. */
  readonly decisionsOf?: (ref: string) => Iterable<Decision>;
  /** Links made before one of the two changed its linkage key. */
  readonly carriedOf?: (ref: string) => Iterable<CarriedLink>;
  readonly thresholds?: Thresholds;
  /** For measuring what each stage adds. */
  readonly stages?: ReadonlySet<Stage>;
}

export interface LinkedPeople {
  readonly groups: readonly (readonly string[])[];
  readonly links: readonly Link[];
  readonly doubts: readonly Doubt[];
}

/** Whether a pair may ever matter: the graph forgets the others. */
export function isWorthKeeping(evidence: PairEvidence): boolean {
  return (
    evidence.sharedIdentifiers.length > 0 ||
    (weighAttributes(evidence) ?? Number.NEGATIVE_INFINITY) >= LEAST_WEIGHT
  );
}

/**
 * Who is who among the records that `refs` can reach over pairs, and those records: give the changed ones to redo
 * a neighbourhood, or all of them. The answer does not depend on the order of anything.
 */
export function* linkPeople(
  graph: PeopleGraph,
  refs: Iterable<string>,
  options: LinkPeopleOptions = {},
): Iterable<LinkedPeople> {
  const visited = new Set<string>();
  const priorOf = createPrior(graph.sizes());
  for (const ref of refs) {
    if (visited.has(ref) || graph.person(ref) === undefined) continue;
    const { people, pairs } = component(graph, ref, visited, (pair) => weigh(graph, pair), {
      ...options,
      reaches: (pair) => reaches(pair, priorOf, options.thresholds ?? DEFAULT_THRESHOLDS),
    });
    const members = people.map((person) => person.ref);
    yield resolvePeople(people, pairs, {
      thresholds: options.thresholds ?? DEFAULT_THRESHOLDS,
      priorOf,
      decisions: unique(members, options.decisionsOf),
      carried: unique(members, options.carriedOf),
      ...(options.stages === undefined ? {} : { stages: options.stages }),
    });
  }
}

function weigh(graph: PeopleGraph, pair: PersonPair): WeighedPair {
  return {
    ...pair,
    attributes: weighAttributes(pair.evidence),
    household: weighHousehold(pair.evidence, graph.householdEvidence(pair), weighAttributes),
  };
}

/** A pair this much less likely than one worth a look carries nothing from one neighbourhood to another. */
const REACH = 5;

/**
 * Whether what becomes of one record can matter to the other. Namesakes of namesakes chain half a province together:
 * one new record would cost as much as all of them.
 */
function reaches(
  { a, b, evidence, attributes, household }: WeighedPair,
  priorOf: (a: string, b: string) => number,
  { review }: Thresholds,
): boolean {
  if (evidence.sharedIdentifiers.length > 0) return true;
  if (attributes === null) return false;
  return attributes + household + priorOf(a.source, b.source) >= Math.log(review / REACH);
}

interface ComponentOptions extends LinkPeopleOptions {
  readonly reaches: (pair: WeighedPair) => boolean;
}

function component(
  graph: PeopleGraph,
  start: string,
  visited: Set<string>,
  weighPair: (pair: PersonPair) => WeighedPair,
  { decisionsOf, carriedOf, reaches: isStrong }: ComponentOptions,
): { people: LinkablePerson[]; pairs: WeighedPair[] } {
  const people = new Map<string, LinkablePerson>();
  const pairs = new Map<PersonPair, WeighedPair>();
  const waiting = [start];
  visited.add(start);
  const visit = (ref: string): void => {
    if (visited.has(ref) || graph.person(ref) === undefined) return;
    visited.add(ref);
    waiting.push(ref);
  };
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    const person = graph.earnestPerson(ref);
    if (person !== undefined) people.set(ref, person);
    for (const pair of graph.pairsOf(ref)) {
      if (pairs.has(pair)) continue;
      const weighed = weighPair(pair);
      pairs.set(pair, weighed);
      if (!isStrong(weighed)) continue;
      visit(pair.a.ref);
      visit(pair.b.ref);
    }
    for (const { refs } of decisionsOf?.(ref) ?? []) refs.forEach(visit);
    for (const { refs } of carriedOf?.(ref) ?? []) refs.forEach(visit);
  }
  return {
    people: [...people.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    pairs: [...pairs.values()].filter(({ a, b }) => people.has(a.ref) && people.has(b.ref)),
  };
}

/** Sizes count in powers of two: one more record must not change what was decided about others. */
function createPrior(sizes: ReadonlyMap<string, number>): (a: string, b: string) => number {
  const step = new Map(
    [...sizes].map(([source, size]) => [source, 2 ** Math.ceil(Math.log2(Math.max(size, 512)))]),
  );
  const { expectedOverlap, openShare } = CALIBRATION;
  return (a, b) => {
    const size = Math.max(step.get(a) ?? 512, step.get(b) ?? 512);
    return Math.log(expectedOverlap / (openShare * size));
  };
}

function unique<T extends { readonly refs: readonly [string, string] }>(
  members: readonly string[],
  of: ((ref: string) => Iterable<T>) | undefined,
): T[] {
  if (of === undefined) return [];
  const byRefs = new Map<string, T>();
  for (const ref of members) for (const one of of(ref)) byRefs.set(one.refs.join(' '), one);
  return [...byRefs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
