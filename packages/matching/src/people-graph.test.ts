import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrolled } from './enrolled-people.fixture.ts';
import { isWorthKeeping } from './link-people.ts';
import type { LinkableHousehold, LinkablePerson } from './linkable-person.ts';
import { COMMON_FROM_RECORDS, createPeopleGraph, type PeopleGraph } from './people-graph.ts';

function newGraph(): PeopleGraph {
  let state = 7;
  const random = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return createPeopleGraph({ random, isWorthKeeping });
}

/** Everything a graph knows, in a fixed order. */
function contents(graph: PeopleGraph): object {
  const refs = [...graph.refs()].sort();
  return {
    refs,
    sizes: [...graph.sizes()].sort(),
    pairs: refs.flatMap((ref) =>
      [...graph.pairsOf(ref)]
        .filter(({ a }) => a.ref === ref)
        .map((pair) => {
          const { sharesCode, otherMembers } = graph.householdEvidence(pair);
          const others = otherMembers.map((one) => `${one.a.ref} ${one.b.ref}`).sort();
          return { with: pair.b.ref, ...pair.evidence, sharesCode, others };
        })
        .sort((x, y) => (x.with < y.with ? -1 : 1)),
    ),
  };
}

const NAMES = ['Fatoumata Diallo', 'Fatumata Jallow', 'Olena Shevchenko', 'Mohamed Ali Hassan'];
const DATES = ['1990-05-17', '1990-05-18', '1991-01-01'];
const SOURCES = ['a', 'b', 'c'];
const CODES = ['x', 'y'].map((mac) => ({ keyId: 'k', mac }));

/** Every variant of every record, encoded once. */
const variants: LinkablePerson[] = SOURCES.flatMap((source) =>
  [0, 1, 2, 3].flatMap((number) =>
    [0, 1, 2].map((version) =>
      enrolled(
        source,
        number,
        {
          name: NAMES[(number + version) % NAMES.length] ?? null,
          birthDate: DATES[(number * version) % DATES.length] ?? null,
          citizenship: 'SN',
        },
        version === 1 ? [{ kind: 'VESTANET', value: `XT00079${number}` }] : [],
      ),
    ),
  ),
);
const allRefs = [...new Set(variants.map(({ ref }) => ref))];

const household = fc
  .record({ at: fc.nat(2), members: fc.subarray([0, 1, 2, 3]), codes: fc.subarray(CODES) })
  .map(({ at, members, codes }): LinkableHousehold => {
    const source = SOURCES[at] ?? 'a';
    const own = allRefs.filter((ref) => ref.startsWith(`${source}/`));
    return {
      ref: `${source}/h`,
      source,
      codes,
      members: own.filter((_, place) => members.includes(place)),
    };
  });

const change = fc.oneof(
  fc.record({ put: fc.array(fc.constantFrom(...variants), { minLength: 1, maxLength: 4 }) }),
  fc.record({ remove: fc.subarray(allRefs, { maxLength: 3 }) }),
  fc.record({ house: household }),
  fc.record({ raze: fc.constantFrom('a/h', 'b/h', 'c/h') }),
);

describe('people graph', () => {
  it('after any changes it holds what a new graph of the same records would hold', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 15 }), (changes) => {
        const graph = newGraph();
        const people = new Map<string, LinkablePerson>();
        const households = new Map<string, LinkableHousehold>();
        for (const one of changes) {
          if ('put' in one) {
            graph.putPeople(one.put);
            for (const person of one.put) people.set(person.ref, person);
          } else if ('remove' in one) {
            graph.removePeople(one.remove);
            for (const ref of one.remove) people.delete(ref);
          } else if ('house' in one) {
            graph.putHouseholds([one.house]);
            households.set(one.house.ref, one.house);
          } else {
            graph.removeHouseholds([one.raze]);
            households.delete(one.raze);
          }
        }
        const anew = newGraph();
        anew.putHouseholds([...households.values()]);
        anew.putPeople([...people.values()]);
        expect(contents(graph)).toEqual(contents(anew));
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('two spellings under one date meet although no key is equal', () => {
    const graph = newGraph();
    const one = enrolled('a', 1, { name: 'Mohamed Hassan', birthDate: '1990-05-17' });
    graph.putPeople([one, enrolled('b', 1, { name: 'Muhammad Hasan', birthDate: '1990-05-18' })]);
    const [found] = graph.pairsOf(one.ref);
    expect(found?.evidence).toMatchObject({ date: 'SAME_MONTH', skeletons: [] });
  });

  it('two records of one institution are never a pair', () => {
    const graph = newGraph();
    const written = { name: 'Fatoumata Diallo', birthDate: '1990-05-17' };
    graph.putPeople([enrolled('a', 1, written), enrolled('a', 2, written)]);
    expect([...graph.pairsOf(allRefs[1] ?? '')]).toEqual([]);
  });

  it('a number that fifty-one records hold says nothing, until one of them is gone', () => {
    const graph = newGraph();
    const sample = [{ kind: 'CODICE_FISCALE', value: 'DLLFMT90E57Z343X' }] as const;
    const holders = Array.from({ length: COMMON_FROM_RECORDS }, (_, number) =>
      enrolled(number % 2 === 0 ? 'a' : 'b', number, {}, sample),
    );
    const [first, last] = [holders[0]?.ref ?? '', holders.at(-1)?.ref ?? ''];
    for (const person of holders.slice(0, -1)) graph.putPeople([person]);
    expect([...graph.pairsOf(first)]).toHaveLength(25);
    graph.putPeople(holders.slice(-1));
    expect([...graph.pairsOf(first)]).toEqual([]);
    expect(graph.earnestPerson(first)?.identifiers).toEqual([]);
    graph.removePeople([last]);
    expect([...graph.pairsOf(first)]).toHaveLength(25);
  });

  it('a number that everybody holds keeps nobody apart either', () => {
    const graph = newGraph();
    const sample = [{ kind: 'CODICE_FISCALE', value: 'DLLFMT90E57Z343X' }] as const;
    const own = [{ kind: 'CODICE_FISCALE', value: 'SHVLNO90E57Z138X' }] as const;
    const written = { name: 'Olena Shevchenko', birthDate: '1990-05-17' };
    const one = enrolled('a', 1, written, sample);
    graph.putPeople([one, enrolled('b', 1, written, own)]);
    expect([...graph.pairsOf(one.ref)][0]?.evidence.vetoes).toEqual(['CODICE_FISCALE']);
    graph.putPeople(
      Array.from({ length: COMMON_FROM_RECORDS }, (_, number) => enrolled('c', number, {}, sample)),
    );
    expect([...graph.pairsOf(one.ref)][0]?.evidence.vetoes).toEqual([]);
  });
});
