import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CarriedLink,
  createPeopleGraph,
  type Decision,
  type Doubt,
  type HouseholdMember,
  isWorthKeeping,
  type Link,
  type LinkableHousehold,
  type LinkablePerson,
  linkHouseholds,
  linkPeople,
  type PeopleGraph,
} from '@tavolo/matching';
import { describeAgreement, type PairAgreement } from './pair-agreement.ts';

/** What a batch changes before anything is linked anew. */
export interface EngineChange {
  readonly people: readonly LinkablePerson[];
  readonly removedPeople: readonly string[];
  readonly households: readonly LinkableHousehold[];
  readonly removedHouseholds: readonly string[];
  /** New decisions of reviewers; they are kept. */
  readonly decisions: readonly Decision[];
}

/** Who is who in the neighbourhood of a change. Every record that was looked at is in exactly one group. */
export interface EngineOutcome {
  readonly groups: readonly (readonly string[])[];
  readonly links: readonly Link[];
  readonly doubts: readonly Doubt[];
  readonly households: readonly (readonly HouseholdMember[])[];
}

/** Everything that was enrolled, decided and linked, as the store holds it. */
export interface EngineState extends EngineChange {
  readonly links: readonly Link[];
  readonly groups: readonly (readonly string[])[];
}

/**
 * The records of all institutions in memory, linked incrementally. Works in slices of a few milliseconds, so
 * that questions are answered meanwhile; one change at a time.
 */
export interface LinkageEngine {
  /** Takes what the store holds, without linking anything anew. */
  load(state: EngineState): Promise<void>;
  apply(change: EngineChange): Promise<EngineOutcome>;
  /** What two records have in common; null = nothing that was worth keeping. */
  agreementOf(refs: readonly [string, string]): PairAgreement | null;
  /** Links everybody anew, as after a change of the rules or of the size of the registers. */
  relinkAll(): Promise<EngineOutcome>;
}

/** People compared before others get their turn: about two milliseconds. */
const SLICE = 4;

/** `random` draws the bands in which filters meet; 0 to 1. */
export function createLinkageEngine(random: () => number): LinkageEngine {
  const graph = createPeopleGraph({ random, isWorthKeeping });
  const decisionsOf = new Map<string, Set<Decision>>();
  const linksOf = new Map<string, Set<Link>>();
  const groupOf = new Map<string, readonly string[]>();

  /** Answers whose pairs changed besides those of the change. */
  async function put(change: EngineChange): Promise<string[]> {
    const shaken = graph.removePeople(change.removedPeople);
    for (const ref of change.removedPeople) groupOf.delete(ref);
    for (let start = 0; start < change.people.length; start += SLICE) {
      shaken.push(...graph.putPeople(change.people.slice(start, start + SLICE)));
      await nextTurn();
    }
    shaken.push(...graph.removeHouseholds(change.removedHouseholds));
    for (let start = 0; start < change.households.length; start += SLICE) {
      shaken.push(...graph.putHouseholds(change.households.slice(start, start + SLICE)));
      await nextTurn();
    }
    for (const decision of change.decisions) {
      // Whoever decides again about the same two takes the former decision back.
      for (const former of decisionsOf.get(decision.refs[0]) ?? []) {
        if (isAboutSame(former, decision)) forget(decisionsOf, former);
      }
      note(decisionsOf, decision);
    }
    return shaken;
  }

  /** Records whose links the change can alter: the changed ones, who is compared with them, and their households. */
  function reach(change: EngineChange): Set<string> {
    const near = new Set<string>([...change.people.map(({ ref }) => ref), ...change.removedPeople]);
    for (const { refs } of change.decisions) for (const ref of refs) near.add(ref);
    for (const { members } of change.households) for (const member of members) near.add(member);
    for (const ref of [...change.households.map((one) => one.ref), ...change.removedHouseholds]) {
      for (const member of graph.household(ref)?.members ?? []) near.add(member);
    }
    for (const ref of [...near]) {
      for (const { refs } of linksOf.get(ref) ?? []) for (const linked of refs) near.add(linked);
      for (const { a, b } of graph.pairsOf(ref)) near.add(a.ref).add(b.ref);
      for (const member of graph.householdMembersOf(ref)) near.add(member);
    }
    return near;
  }

  /** Links whose two records have no linkage key in common any more: nothing can be said against them. */
  function* carriedOf(ref: string): Iterable<CarriedLink> {
    for (const link of linksOf.get(ref) ?? []) {
      const [a, b] = [graph.person(link.refs[0]), graph.person(link.refs[1])];
      if (a === undefined || b === undefined) continue;
      const [keysOfA, keysOfB] = [keyIdsOf(a), keyIdsOf(b)];
      // A record that lost all its evidence has nothing to be carried by.
      if (keysOfA.size === 0 || keysOfB.size === 0) continue;
      if (![...keysOfB].some((key) => keysOfA.has(key))) yield link;
    }
  }

  async function relink(
    refs: ReadonlySet<string>,
    householdRefs: ReadonlySet<string>,
  ): Promise<EngineOutcome> {
    const groups: (readonly string[])[] = [];
    const links: Link[] = [];
    const doubts: Doubt[] = [];
    const options = { decisionsOf: (ref: string) => decisionsOf.get(ref) ?? [], carriedOf };
    for (const linked of linkPeople(graph, refs, options)) {
      groups.push(...linked.groups);
      links.push(...linked.links);
      doubts.push(...linked.doubts);
      await nextTurn();
    }
    for (const group of groups) {
      for (const ref of group) {
        groupOf.set(ref, group);
        for (const link of linksOf.get(ref) ?? []) forget(linksOf, link);
      }
    }
    for (const link of links) note(linksOf, link);
    const touched = new Set(householdRefs);
    for (const ref of groups.flat()) for (const one of graph.householdsOf(ref)) touched.add(one);
    const households = [...linkHouseholds(graph, touched, (ref) => groupOf.get(ref) ?? [ref])];
    return { groups, links, doubts, households };
  }

  return {
    async load(state) {
      await put(state);
      for (const group of state.groups) for (const ref of group) groupOf.set(ref, group);
      for (const link of state.links) note(linksOf, link);
    },
    async apply(change) {
      const before = reach(change);
      const formerHouseholds = nearHouseholds(graph, change);
      const shaken = await put(change);
      const after = [...reach(change), ...shaken];
      return relink(
        new Set([...before, ...after]),
        new Set([...formerHouseholds, ...nearHouseholds(graph, change)]),
      );
    },
    agreementOf([a, b]) {
      for (const pair of graph.pairsOf(a)) {
        if (pair.a.ref === b || pair.b.ref === b) {
          return describeAgreement(pair.evidence, graph.householdEvidence(pair));
        }
      }
      return null;
    },
    relinkAll: () => relink(new Set(graph.refs()), new Set()),
  };
}

function nearHouseholds(graph: PeopleGraph, change: EngineChange): Set<string> {
  const near = new Set([...change.households.map(({ ref }) => ref), ...change.removedHouseholds]);
  for (const ref of change.removedPeople) for (const one of graph.householdsOf(ref)) near.add(one);
  for (const ref of [...near]) for (const mate of graph.householdsWithCodeOf(ref)) near.add(mate);
  return near;
}

function keyIdsOf({ identifiers, attributes }: LinkablePerson): Set<string> {
  const keys = new Set(identifiers.map(({ keyId }) => keyId));
  if (attributes !== null) keys.add(attributes.keyId);
  return keys;
}

function isAboutSame({ refs: [a, b] }: Decision, { refs }: Decision): boolean {
  return refs.includes(a) && refs.includes(b);
}

function note<T extends { readonly refs: readonly [string, string] }>(
  of: Map<string, Set<T>>,
  one: T,
): void {
  for (const ref of one.refs) {
    const held = of.get(ref);
    if (held === undefined) of.set(ref, new Set([one]));
    else held.add(one);
  }
}

function forget<T extends { readonly refs: readonly [string, string] }>(
  of: Map<string, Set<T>>,
  one: T,
): void {
  for (const ref of one.refs) {
    const held = of.get(ref);
    held?.delete(one);
    // Whoever comes and goes leaves nothing behind.
    if (held?.size === 0) of.delete(ref);
  }
}
