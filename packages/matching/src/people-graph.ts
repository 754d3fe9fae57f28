import { createFilterTable } from './filter-table.ts';
import type { LinkableHousehold, LinkablePerson } from './linkable-person.ts';
import {
  type ComparablePerson,
  comparePeople,
  haveSimilarFilters,
  type PairEvidence,
} from './pair-evidence.ts';
import { createSimilarFilters } from './similar-filters.ts';

/** A value that so many records hold says nothing about anybody: a form's sample number, an office's own. */
export const COMMON_FROM_RECORDS = 51;

/** What speaks for two records of two institutions being one person. */
export interface PersonPair {
  readonly a: LinkablePerson;
  readonly b: LinkablePerson;
  readonly evidence: PairEvidence;
}

/** What the two households of a pair have in common. */
export interface HouseholdEvidence {
  readonly sharesCode: boolean;
  /** Other members of the one who have a pair among the other members of the other. */
  readonly otherMembers: readonly PersonPair[];
}

/**
 * Every enrolled person and the pairs worth looking at, kept in memory: a change costs its neighbourhood, not the
 * province. Holds encodings only.
 */
export interface PeopleGraph {
  putPeople(people: readonly LinkablePerson[]): void;
  removePeople(refs: readonly string[]): void;
  putHouseholds(households: readonly LinkableHousehold[]): void;
  removeHouseholds(refs: readonly string[]): void;
  /** Records of each institution. */
  sizes(): ReadonlyMap<string, number>;
  person(ref: string): LinkablePerson | undefined;
  refs(): IterableIterator<string>;
  pairsOf(ref: string): Iterable<PersonPair>;
  householdEvidence(pair: PersonPair): HouseholdEvidence;
  /** People whose pairs can lean on this one: the other members of the household. */
  householdOf(ref: string): Iterable<string>;
}

export interface PeopleGraphOptions {
  /** The index's own secret choice of the bands in which filters meet; 0 to 1. */
  readonly random: () => number;
  /** Pairs that this refuses are forgotten at once. */
  readonly isWorthKeeping: (evidence: PairEvidence) => boolean;
}

interface Node extends ComparablePerson {
  readonly pairs: Map<string, PersonPair>;
}

export function createPeopleGraph(options: PeopleGraphOptions): PeopleGraph {
  const table = createFilterTable();
  const similar = createSimilarFilters(table, options.random);
  const nodes = new Map<string, Node>();
  const refOfSlot: string[] = [];
  const freeSlots: number[] = [];
  const holders = new Map<string, Set<string>>();
  const sizes = new Map<string, number>();
  const households = new Map<string, LinkableHousehold>();
  const householdsOf = new Map<string, Set<string>>();
  const householdsByCode = new Map<string, Set<string>>();

  function detach(ref: string): void {
    const node = nodes.get(ref);
    if (node === undefined) return;
    for (const other of node.pairs.keys()) nodes.get(other)?.pairs.delete(ref);
    for (const key of keysOf(node.person)) remove(holders, key, ref);
    similar.remove(node.slot);
    nodes.delete(ref);
    freeSlots.push(node.slot);
    sizes.set(node.person.source, (sizes.get(node.person.source) ?? 1) - 1);
  }

  function attach(person: LinkablePerson): Node {
    const slot = freeSlots.pop() ?? refOfSlot.length;
    refOfSlot[slot] = person.ref;
    const node: Node = { person, slot, pairs: new Map() };
    nodes.set(person.ref, node);
    sizes.set(person.source, (sizes.get(person.source) ?? 0) + 1);
    for (const key of keysOf(person)) add(holders, key, person.ref);
    if (person.attributes !== null) {
      table.set(slot, person.attributes.filters);
      similar.add(slot);
    }
    return node;
  }

  function pairUp(node: Node): void {
    for (const key of keysOf(node.person)) {
      const held = holders.get(key);
      if (held === undefined || held.size >= COMMON_FROM_RECORDS) continue;
      for (const ref of held) pairWith(node, ref);
    }
    for (const slot of similar.candidates(node.slot)) {
      if (haveSimilarFilters(table, node.slot, slot)) pairWith(node, refOfSlot[slot] ?? '');
    }
    pairWithCodeMates(node);
  }

  function pairWithCodeMates(node: Node): void {
    for (const ref of codeMates(node.person.ref)) pairWith(node, ref);
  }

  function pairWith(node: Node, ref: string): void {
    const other = nodes.get(ref);
    if (other === undefined || other.person.source === node.person.source) return;
    if (node.pairs.has(ref)) return;
    const evidence = withoutCommon(comparePeople(table, node, other), node.person, other.person);
    if (!options.isWorthKeeping(evidence)) return;
    const pair: PersonPair =
      node.person.ref < ref
        ? { a: node.person, b: other.person, evidence }
        : { a: other.person, b: node.person, evidence };
    node.pairs.set(ref, pair);
    other.pairs.set(node.person.ref, pair);
  }

  /** An identifier that fifty others hold too is not shared in earnest. */
  function withoutCommon(
    evidence: PairEvidence,
    a: LinkablePerson,
    b: LinkablePerson,
  ): PairEvidence {
    if (evidence.sharedIdentifiers.length === 0) return evidence;
    const macsOfB = new Set(b.identifiers.map(identifierKey));
    const counting = new Set(
      a.identifiers
        .filter((one) => macsOfB.has(identifierKey(one)))
        .filter((one) => (holders.get(identifierKey(one))?.size ?? 0) < COMMON_FROM_RECORDS)
        .map(({ kind }) => kind),
    );
    return {
      ...evidence,
      sharedIdentifiers: evidence.sharedIdentifiers.filter((kind) => counting.has(kind)),
    };
  }

  function* codeMates(ref: string): Iterable<string> {
    for (const household of householdsOf.get(ref) ?? []) {
      for (const { keyId, mac } of households.get(household)?.codes ?? []) {
        const sharing = householdsByCode.get(`${keyId}/${mac}`);
        if (sharing === undefined || sharing.size >= COMMON_FROM_RECORDS) continue;
        for (const mate of sharing) yield* households.get(mate)?.members ?? [];
      }
    }
  }

  function detachHousehold(ref: string): void {
    const household = households.get(ref);
    if (household === undefined) return;
    households.delete(ref);
    for (const member of household.members) remove(householdsOf, member, ref);
    for (const { keyId, mac } of household.codes) remove(householdsByCode, `${keyId}/${mac}`, ref);
  }

  return {
    putPeople(people) {
      for (const person of people) detach(person.ref);
      const attached = people.map(attach);
      for (const node of attached) pairUp(node);
    },
    removePeople(refs) {
      for (const ref of refs) detach(ref);
    },
    putHouseholds(put) {
      for (const household of put) {
        detachHousehold(household.ref);
        households.set(household.ref, household);
        for (const member of household.members) add(householdsOf, member, household.ref);
        for (const { keyId, mac } of household.codes) {
          add(householdsByCode, `${keyId}/${mac}`, household.ref);
        }
      }
      // A code in common proposes the members of both.
      for (const { members } of put) {
        for (const member of members) {
          const node = nodes.get(member);
          if (node !== undefined) pairWithCodeMates(node);
        }
      }
    },
    removeHouseholds(refs) {
      for (const ref of refs) detachHousehold(ref);
    },
    sizes: () => sizes,
    person: (ref) => nodes.get(ref)?.person,
    refs: () => nodes.keys(),
    pairsOf: (ref) => nodes.get(ref)?.pairs.values() ?? [],
    householdEvidence({ a, b }) {
      let sharesCode = false;
      const otherMembers = new Set<PersonPair>();
      for (const one of householdsOf.get(a.ref) ?? []) {
        for (const other of householdsOf.get(b.ref) ?? []) {
          const [left, right] = [households.get(one), households.get(other)];
          if (left === undefined || right === undefined) continue;
          sharesCode ||= haveCodeInCommon(left, right);
          const members = new Set(right.members);
          for (const member of left.members) {
            if (member === a.ref) continue;
            for (const pair of nodes.get(member)?.pairs.values() ?? []) {
              const mate = pair.a.ref === member ? pair.b.ref : pair.a.ref;
              if (mate !== b.ref && members.has(mate)) otherMembers.add(pair);
            }
          }
        }
      }
      return { sharesCode, otherMembers: [...otherMembers] };
    },
    *householdOf(ref) {
      for (const household of householdsOf.get(ref) ?? []) {
        yield* households.get(household)?.members ?? [];
      }
    },
  };
}

function haveCodeInCommon(a: LinkableHousehold, b: LinkableHousehold): boolean {
  return a.codes.some((one) =>
    b.codes.some(({ keyId, mac }) => keyId === one.keyId && mac === one.mac),
  );
}

function keysOf({ identifiers, attributes }: LinkablePerson): string[] {
  const skeletons = (attributes?.skeletons ?? []).map(
    ({ kind, mac }) => `${kind}/${attributes?.keyId ?? ''}/${mac}`,
  );
  return [...identifiers.map(identifierKey), ...skeletons];
}

function identifierKey({ kind, keyId, mac }: LinkablePerson['identifiers'][number]): string {
  return `${kind}/${keyId}/${mac}`;
}

function add(index: Map<string, Set<string>>, key: string, ref: string): void {
  const held = index.get(key);
  if (held === undefined) index.set(key, new Set([ref]));
  else held.add(ref);
}

function remove(index: Map<string, Set<string>>, key: string, ref: string): void {
  const held = index.get(key);
  if (held === undefined) return;
  held.delete(ref);
  if (held.size === 0) index.delete(key);
}
