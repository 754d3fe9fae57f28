import type { Decision, LinkableHousehold, LinkablePerson } from '@tavolo/matching';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLinkageEngine,
  type EngineChange,
  type EngineOutcome,
  type LinkageEngine,
} from './linkage-engine.ts';

const SOURCES = ['a', 'b', 'c'];
const NUMBERS = ['1', '2', '3'];
const REFS = SOURCES.flatMap((source) => NUMBERS.map((number) => `${source}/${number}`));
const NO_CHANGE: EngineChange = {
  people: [],
  removedPeople: [],
  households: [],
  removedHouseholds: [],
  decisions: [],
};

const sourceOf = (ref: string): string => ref.slice(0, 1);
const ref = fc.constantFrom(...REFS);

const putPerson = fc
  .record({
    ref,
    identifiers: fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom('CUI' as const, 'CODICE_FISCALE' as const, 'PERMIT' as const),
        keyId: fc.constant('k'),
        mac: fc.constantFrom('x', 'y', 'z'),
      }),
      { maxLength: 3, selector: ({ kind, mac }) => kind + mac },
    ),
  })
  .map((one): EngineChange => {
    const person: LinkablePerson = { ...one, source: sourceOf(one.ref), attributes: null };
    return { ...NO_CHANGE, people: [person] };
  });
const putHousehold = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    code: fc.constantFrom('p', 'q'),
    numbers: fc.uniqueArray(fc.constantFrom(...NUMBERS), { maxLength: 3 }),
    name: fc.constantFrom('h', 'i'),
  })
  .map(({ source, code, numbers, name }): EngineChange => {
    const household: LinkableHousehold = {
      ref: `${source}/${name}`,
      source,
      codes: [{ keyId: 'k', mac: code }],
      members: numbers.map((number) => `${source}/${number}`),
    };
    return { ...NO_CHANGE, households: [household] };
  });
const removePerson = ref.map((one): EngineChange => ({ ...NO_CHANGE, removedPeople: [one] }));
const removeHousehold = fc
  .constantFrom(...SOURCES.flatMap((source) => [`${source}/h`, `${source}/i`]))
  .map((one): EngineChange => ({ ...NO_CHANGE, removedHouseholds: [one] }));
const decide = fc
  .record({
    pair: fc.tuple(ref, ref).filter(([a, b]) => a < b && sourceOf(a) !== sourceOf(b)),
    verdict: fc.constantFrom('SAME_PERSON' as const, 'TWO_PEOPLE' as const),
  })
  .map(
    ({ pair, verdict }): EngineChange => ({ ...NO_CHANGE, decisions: [{ refs: pair, verdict }] }),
  );
const change = fc.oneof(
  { weight: 6, arbitrary: putPerson },
  { weight: 2, arbitrary: removePerson },
  { weight: 2, arbitrary: putHousehold },
  { weight: 1, arbitrary: removeHousehold },
  { weight: 1, arbitrary: decide },
);

/** What a store would hold after so many outcomes. */
function createBook() {
  const groupOf = new Map<string, string>();
  const householdOf = new Map<string, string>();
  const links = new Set<string>();
  const doubts = new Set<string>();
  const rewrite = (book: Set<string>, looked: Set<string>, found: EngineOutcome['doubts']) => {
    for (const pair of [...book])
      if (pair.split(' ').some((one) => looked.has(one))) book.delete(pair);
    for (const { refs } of found) book.add([...refs].sort().join(' '));
  };
  return {
    take(step: EngineChange, outcome: EngineOutcome) {
      const looked = new Set([...outcome.groups.flat(), ...step.removedPeople]);
      for (const gone of step.removedPeople) groupOf.delete(gone);
      for (const gone of step.removedHouseholds) householdOf.delete(gone);
      for (const group of outcome.groups) {
        for (const one of group) groupOf.set(one, [...group].sort().join(' '));
      }
      for (const group of outcome.households) {
        const name = group
          .map((one) => one.ref)
          .sort()
          .join(' ');
        for (const one of group) householdOf.set(one.ref, name);
      }
      for (const { refs } of outcome.links) expect(refs.every((one) => looked.has(one))).toBe(true);
      rewrite(doubts, looked, outcome.doubts);
      for (const pair of [...links]) {
        if (pair.split(' ').some((one) => looked.has(one))) links.delete(pair);
      }
      for (const { refs } of outcome.links) links.add([...refs].sort().join(' '));
    },
    read: () => ({
      people: [...groupOf].sort(),
      households: [...householdOf].sort(),
      links: [...links].sort(),
      doubts: [...doubts].sort(),
    }),
  };
}

async function scratch(engine: LinkageEngine, state: EngineChange) {
  const book = createBook();
  await engine.load({ ...state, links: [], groups: [] });
  book.take(NO_CHANGE, await engine.relinkAll());
  return book.read();
}

describe('linkage engine', () => {
  it('reaches step by step what it would reach from scratch', async () => {
    // Drawn once: filters take no part here.
    const random = (): number => 0.5;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 25 }), async (changes) => {
        const engine = createLinkageEngine(random);
        const book = createBook();
        const people = new Map<string, LinkablePerson>();
        const households = new Map<string, LinkableHousehold>();
        const decisions = new Map<string, Decision>();
        for (const step of changes) {
          for (const person of step.people) people.set(person.ref, person);
          for (const gone of step.removedPeople) people.delete(gone);
          for (const household of step.households) households.set(household.ref, household);
          for (const gone of step.removedHouseholds) households.delete(gone);
          for (const decision of step.decisions) decisions.set(decision.refs.join(' '), decision);
          book.take(step, await engine.apply(step));
        }
        const state = {
          ...NO_CHANGE,
          people: [...people.values()],
          households: [...households.values()],
          decisions: [...decisions.values()],
        };
        const expected = await scratch(createLinkageEngine(random), state);
        const { households: expectedHouseholds, ...others } = expected;
        const { households: reached, ...rest } = book.read();
        expect(rest).toEqual(others);
        const named = new Set(expectedHouseholds.map(([one]) => one));
        expect(reached.filter(([one]) => named.has(one))).toEqual(expectedHouseholds);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
