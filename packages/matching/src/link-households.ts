import type { LinkableHousehold } from './linkable-person.ts';
import type { PeopleGraph } from './people-graph.ts';

/** A household in a group and why it is there; null when it is there alone. */
export interface HouseholdMember {
  readonly ref: string;
  readonly rule: 'HOUSEHOLD_CODE' | 'SAME_MEMBERS' | null;
}

/** Share of all members that two registers must agree on when no code says it. */
const LEAST_OVERLAP = 0.5;

/**
 * Which institutions' households are one: by a code that one wrote down from the other, then by members. At most
 * one household of an institution in each. `samePerson` names the records of the person that a record belongs to.
 */
export function* linkHouseholds(
  graph: PeopleGraph,
  refs: Iterable<string>,
  samePerson: (ref: string) => readonly string[],
): Iterable<readonly HouseholdMember[]> {
  const visited = new Set<string>();
  for (const ref of refs) {
    if (visited.has(ref) || graph.household(ref) === undefined) continue;
    yield* resolve(component(graph, ref, visited, samePerson), samePerson, graph);
  }
}

function component(
  graph: PeopleGraph,
  start: string,
  visited: Set<string>,
  samePerson: (ref: string) => readonly string[],
): LinkableHousehold[] {
  const found: LinkableHousehold[] = [];
  const waiting = [start];
  visited.add(start);
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    const household = graph.household(ref);
    if (household === undefined) continue;
    found.push(household);
    const near = new Set(graph.householdsWithCodeOf(ref));
    for (const member of household.members) {
      for (const record of samePerson(member)) {
        for (const other of graph.householdsOf(record)) near.add(other);
      }
    }
    for (const other of near) {
      if (visited.has(other)) continue;
      visited.add(other);
      waiting.push(other);
    }
  }
  return found.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

interface Candidate {
  readonly a: LinkableHousehold;
  readonly b: LinkableHousehold;
  readonly rule: 'HOUSEHOLD_CODE' | 'SAME_MEMBERS';
  readonly overlap: number;
}

function* resolve(
  households: readonly LinkableHousehold[],
  samePerson: (ref: string) => readonly string[],
  graph: PeopleGraph,
): Iterable<readonly HouseholdMember[]> {
  const groupOf = new Map(
    households.map(({ ref, source }) => [
      ref,
      {
        sources: new Set([source]),
        members: new Map<string, HouseholdMember['rule']>([[ref, null]]),
      },
    ]),
  );
  for (const { a, b, rule } of candidatesAmong(households, samePerson, graph)) {
    const [left, right] = [groupOf.get(a.ref), groupOf.get(b.ref)];
    if (left === undefined || right === undefined || left === right) continue;
    if ([...left.sources].some((source) => right.sources.has(source))) continue;
    for (const [ref, why] of right.members) {
      left.members.set(ref, why);
      groupOf.set(ref, left);
    }
    for (const source of right.sources) left.sources.add(source);
    for (const ref of [a.ref, b.ref]) {
      if (left.members.get(ref) === null) left.members.set(ref, rule);
    }
  }
  for (const { members } of new Set(groupOf.values())) {
    yield [...members].map(([ref, rule]) => ({ ref, rule }));
  }
}

/** Codes before members, larger overlaps before smaller; the order depends on the households alone. */
function candidatesAmong(
  households: readonly LinkableHousehold[],
  samePerson: (ref: string) => readonly string[],
  graph: PeopleGraph,
): Candidate[] {
  const candidates: Candidate[] = [];
  const people = new Map(
    households.map((household) => [
      household.ref,
      new Set(household.members.map((member) => [...samePerson(member)].sort()[0] ?? member)),
    ]),
  );
  for (const [place, a] of households.entries()) {
    const mates = new Set(graph.householdsWithCodeOf(a.ref));
    for (const b of households.slice(place + 1)) {
      if (a.source === b.source) continue;
      const [left, right] = [people.get(a.ref) ?? new Set(), people.get(b.ref) ?? new Set()];
      const common = [...left].filter((person) => right.has(person)).length;
      const overlap = common === 0 ? 0 : common / (left.size + right.size - common);
      if (mates.has(b.ref)) candidates.push({ a, b, rule: 'HOUSEHOLD_CODE', overlap });
      else if (overlap >= LEAST_OVERLAP) candidates.push({ a, b, rule: 'SAME_MEMBERS', overlap });
    }
  }
  const rank = { HOUSEHOLD_CODE: 0, SAME_MEMBERS: 1 } as const;
  return candidates.sort(
    (x, y) =>
      rank[x.rule] - rank[y.rule] ||
      y.overlap - x.overlap ||
      compare(x.a.ref, y.a.ref) ||
      compare(x.b.ref, y.b.ref),
  );
}

function compare(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
