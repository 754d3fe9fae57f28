import { createPeopleGraph, type EncodedAttributes, type PeopleGraph } from '@tavolo/matching';
import { type PersonOf, truePairsOf } from './score-groups.ts';

/** Filters less alike than this have nothing in common but chance: nobody would look at them. */
const SMALLEST_SIMILARITY = 0.45;

export interface BlockingLoss {
  /** True pairs with a filter alike: what comparing everybody with everybody would see without identifiers. */
  readonly comparable: number;
  /** Of these, those that neither bands nor skeleton keys propose. */
  readonly lost: number;
  /** True pairs that no comparison of names and dates could find. */
  readonly unlike: number;
}

/** What looking only at proposed pairs costs. Keeps every pair it is proposed: for a few thousand people. */
export function measureBlocking(
  graph: PeopleGraph,
  personOf: PersonOf,
  random: () => number,
): BlockingLoss {
  const unselective = createPeopleGraph({ random, isWorthKeeping: () => true });
  const people = [...graph.refs()].flatMap((ref) => graph.person(ref) ?? []);
  unselective.putPeople(people.map((person) => ({ ...person, identifiers: [] })));
  let comparable = 0;
  let lost = 0;
  let unlike = 0;
  for (const [one, other] of truePairsOf(personOf)) {
    const [left, right] = [graph.person(one)?.attributes, graph.person(other)?.attributes];
    if (!left || !right || likeness(left, right) < SMALLEST_SIMILARITY) {
      unlike += 1;
      continue;
    }
    comparable += 1;
    const proposed = [...unselective.pairsOf(one)];
    if (!proposed.some(({ a, b }) => a.ref === other || b.ref === other)) lost += 1;
  }
  return { comparable, lost, unlike };
}

/** Of the three filters, the Dice coefficient of the most alike. */
function likeness(one: EncodedAttributes, other: EncodedAttributes): number {
  return Math.max(
    ...one.filters.map((filter, place) => dice(filter, other.filters[place] ?? new Uint8Array())),
  );
}

/** Twice the bits in common over the bits of both, 0 to 1. */
export function dice(one: Uint8Array, other: Uint8Array): number {
  let common = 0;
  let total = 0;
  one.forEach((byte, place) => {
    const opposite = other[place] ?? 0;
    common += bitsIn(byte & opposite);
    total += bitsIn(byte) + bitsIn(opposite);
  });
  return total === 0 ? 0 : (2 * common) / total;
}

function bitsIn(byte: number): number {
  let count = 0;
  for (let left = byte; left !== 0; left &= left - 1) count += 1;
  return count;
}
