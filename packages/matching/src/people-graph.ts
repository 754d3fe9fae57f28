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
  /**
   * All four answer whose pairs changed besides: a value that fifty more hold stops speaking for anybody, and speaks again
   * when it is rare.
   */
  putPeople(people: readonly LinkablePerson[]): string[];
  removePeople(refs: readonly string[]): string[];
  putHouseholds(households: readonly LinkableHousehold[]): string[];
  removeHouseholds(refs: readonly string[]): string[];
  /** Records of each institution. */
  sizes(): ReadonlyMap<string, number>;
  person(ref: string): LinkablePerson | undefined;
  /** The person without the identifiers that so many hold that they say nothing. */
  earnestPerson(ref: string): LinkablePerson | undefined;
  refs(): IterableIterator<string>;
  pairsOf(ref: string): Iterable<PersonPair>;
  householdEvidence(pair: PersonPair): HouseholdEvidence;
  /** People whose pairs can lean on this one: the members of its households, itself among them. */
  householdMembersOf(ref: string): Iterable<string>;
  household(ref: string): LinkableHousehold | undefined;
  /** Refs of the households a person is in. */
  householdsOf(ref: string): Iterable<string>;
  /** Refs of other households with a code of this one. */
  householdsWithCodeOf(ref: string): Iterable<string>;
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
  /** Values whose holders changed since `settle`, and whether they were common before. */
  const touchedKeys = new Map<string, boolean>();
  const touchedCodes = new Map<string, boolean>();

  const isCommon = (index: Map<string, Set<string>>, key: string): boolean =>
    (index.get(key)?.size ?? 0) >= COMMON_FROM_RECORDS;

  function detach(ref: string): void {
    const node = nodes.get(ref);
    if (node === undefined) return;
    unpair(node);
    for (const key of keysOf(node.person)) {
      touch(touchedKeys, holders, key);
      remove(holders, key, ref);
    }
    similar.remove(node.slot);
    nodes.delete(ref);
    freeSlots.push(node.slot);
    const size = (sizes.get(node.person.source) ?? 1) - 1;
    if (size > 0) sizes.set(node.person.source, size);
    else sizes.delete(node.person.source);
  }

  function unpair(node: Node): void {
    for (const other of node.pairs.keys()) nodes.get(other)?.pairs.delete(node.person.ref);
    node.pairs.clear();
  }

  function touch(
    touched: Map<string, boolean>,
    index: Map<string, Set<string>>,
    key: string,
  ): void {
    if (!touched.has(key)) touched.set(key, isCommon(index, key));
  }

  /** A value that became common, or is so no longer, changes what its holders' pairs are worth; answers whose. */
  function settle(): string[] {
    const stale = new Set<string>();
    for (const [key, was] of touchedKeys) {
      if (was !== isCommon(holders, key)) for (const ref of holders.get(key) ?? []) stale.add(ref);
    }
    for (const [code, was] of touchedCodes) {
      if (was === isCommon(householdsByCode, code)) continue;
      for (const household of householdsByCode.get(code) ?? []) {
        for (const member of households.get(household)?.members ?? []) stale.add(member);
      }
    }
    touchedKeys.clear();
    touchedCodes.clear();
    pairUpAnew(stale);
    return [...stale];
  }

  function pairUpAnew(refs: ReadonlySet<string>): void {
    const found = [...refs].flatMap((ref) => nodes.get(ref) ?? []);
    for (const node of found) unpair(node);
    for (const node of found) pairUp(node);
  }

  function attach(person: LinkablePerson): Node {
    const slot = freeSlots.pop() ?? refOfSlot.length;
    refOfSlot[slot] = person.ref;
    const node: Node = { person, slot, pairs: new Map() };
    nodes.set(person.ref, node);
    sizes.set(person.source, (sizes.get(person.source) ?? 0) + 1);
    for (const key of keysOf(person)) {
      touch(touchedKeys, holders, key);
      add(holders, key, person.ref);
    }
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
    const evidence = comparePeople(table, earnest(node), earnest(other));
    if (!options.isWorthKeeping(evidence)) return;
    const pair: PersonPair =
      node.person.ref < ref
        ? { a: node.person, b: other.person, evidence }
        : { a: other.person, b: node.person, evidence };
    node.pairs.set(ref, pair);
    other.pairs.set(node.person.ref, pair);
  }

  /** An identifier that fifty others hold too neither links nor keeps apart. */
  function earnest(one: ComparablePerson): ComparablePerson {
    const { person, slot } = one;
    if (!person.identifiers.some((each) => isCommon(holders, identifierKey(each)))) return one;
    const identifiers = person.identifiers.filter(
      (each) => !isCommon(holders, identifierKey(each)),
    );
    return { slot, person: { ...person, identifiers } };
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
    for (const { keyId, mac } of household.codes) {
      touch(touchedCodes, householdsByCode, `${keyId}/${mac}`);
      remove(householdsByCode, `${keyId}/${mac}`, ref);
    }
  }

  return {
    putPeople(people) {
      const last = new Map(people.map((person) => [person.ref, person]));
      for (const ref of last.keys()) detach(ref);
      const attached = [...last.values()].map(attach);
      for (const node of attached) pairUp(node);
      return settle();
    },
    removePeople(refs) {
      for (const ref of refs) detach(ref);
      return settle();
    },
    putHouseholds(put) {
      const left = new Set<string>();
      for (const household of put) {
        for (const member of households.get(household.ref)?.members ?? []) left.add(member);
        detachHousehold(household.ref);
        households.set(household.ref, household);
        for (const member of household.members) add(householdsOf, member, household.ref);
        for (const { keyId, mac } of household.codes) {
          touch(touchedCodes, householdsByCode, `${keyId}/${mac}`);
          add(householdsByCode, `${keyId}/${mac}`, household.ref);
        }
      }
      // What only the former codes proposed is forgotten.
      pairUpAnew(left);
      // A code in common proposes the members of both.
      for (const { members } of put) {
        for (const member of members) {
          const node = nodes.get(member);
          if (node !== undefined) pairWithCodeMates(node);
        }
      }
      return settle();
    },
    removeHouseholds(refs) {
      const left = new Set(refs.flatMap((ref) => households.get(ref)?.members ?? []));
      for (const ref of refs) detachHousehold(ref);
      pairUpAnew(left);
      return settle();
    },
    sizes: () => sizes,
    person: (ref) => nodes.get(ref)?.person,
    earnestPerson(ref) {
      const node = nodes.get(ref);
      return node === undefined ? undefined : earnest(node).person;
    },
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
    *householdMembersOf(ref) {
      for (const household of householdsOf.get(ref) ?? []) {
        yield* households.get(household)?.members ?? [];
      }
    },
    household: (ref) => households.get(ref),
    householdsOf: (ref) => householdsOf.get(ref) ?? [],
    *householdsWithCodeOf(ref) {
      for (const { keyId, mac } of households.get(ref)?.codes ?? []) {
        const sharing = householdsByCode.get(`${keyId}/${mac}`);
        if (sharing === undefined || sharing.size >= COMMON_FROM_RECORDS) continue;
        for (const other of sharing) if (other !== ref) yield other;
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
