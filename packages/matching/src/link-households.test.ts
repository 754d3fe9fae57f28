import { describe, expect, it } from 'vitest';
import { linkHouseholds } from './link-households.ts';
import type { LinkableHousehold } from './linkable-person.ts';
import { COMMON_FROM_RECORDS, createPeopleGraph } from './people-graph.ts';

function household(
  ref: string,
  codes: readonly string[],
  members: string[] = [],
): LinkableHousehold {
  return {
    ref,
    source: ref.slice(0, 1),
    codes: codes.map((mac) => ({ keyId: 'k', mac })),
    members,
  };
}

/** Refs that share a household, with why; `people` are groups of records of one person. */
function link(
  households: readonly LinkableHousehold[],
  people: readonly (readonly string[])[] = [],
  from: readonly string[] = households.map(({ ref }) => ref),
): string[] {
  const graph = createPeopleGraph({ random: () => 0.5, isWorthKeeping: () => true });
  graph.putPeople(
    households
      .flatMap(({ members }) => members)
      .map((ref) => ({ ref, source: ref.slice(0, 1), identifiers: [], attributes: null })),
  );
  graph.putHouseholds(households);
  const samePerson = (ref: string) => people.find((group) => group.includes(ref)) ?? [ref];
  return [...linkHouseholds(graph, from, samePerson)]
    .map((group) =>
      group
        .map(({ ref, rule }) => (rule === null ? ref : `${ref} ${rule}`))
        .sort()
        .join(', '),
    )
    .sort();
}

describe('linking households', () => {
  it('joins by a code that one institution wrote down from the other', () => {
    expect(
      link([household('a/1', ['x']), household('b/1', ['x', 'y']), household('c/1', ['z'])]),
    ).toEqual(['a/1 HOUSEHOLD_CODE, b/1 HOUSEHOLD_CODE', 'c/1']);
  });

  it('joins by members where at least half of all of them are in both', () => {
    const people = [
      ['a/p', 'b/p'],
      ['a/q', 'b/q'],
    ];
    const [left, right] = [
      household('a/1', [], ['a/p', 'a/q']),
      household('b/1', [], ['b/p', 'b/q']),
    ];
    expect(link([left, right], people)).toEqual(['a/1 SAME_MEMBERS, b/1 SAME_MEMBERS']);
    expect(link([left, right], people.slice(1))).toEqual(['a/1', 'b/1']);
  });

  it('never puts two households of one institution together, also not through a third', () => {
    const groups = link([
      household('a/1', ['x']),
      household('a/2', ['y']),
      household('b/1', ['x', 'y']),
    ]);
    expect(groups).toEqual(['a/1 HOUSEHOLD_CODE, b/1 HOUSEHOLD_CODE', 'a/2']);
  });

  it('prefers a code to members, and more members in common to fewer', () => {
    const people = [
      ['a/p', 'b/p'],
      ['a/q', 'b/q'],
    ];
    const b = household('b/1', ['x'], ['b/p', 'b/q']);
    const all = household('a/2', [], ['a/p', 'a/q']);
    expect(link([household('a/1', ['x'], ['a/r']), all, b], people)).toEqual([
      'a/1 HOUSEHOLD_CODE, b/1 HOUSEHOLD_CODE',
      'a/2',
    ]);
    const half = household('a/1', [], ['a/p']);
    expect(link([half, all, household('b/1', [], ['b/p', 'b/q'])], people)).toEqual([
      'a/1',
      'a/2 SAME_MEMBERS, b/1 SAME_MEMBERS',
    ]);
  });

  it('takes a code that so many hold for nobody’s', () => {
    const many = Array.from({ length: COMMON_FROM_RECORDS }, (_, number) =>
      household(`${number % 2 === 0 ? 'a' : 'b'}/${number}`, ['sample']),
    );
    expect(link(many)).toHaveLength(COMMON_FROM_RECORDS);
    expect(link(many.slice(1)).length).toBeLessThan(COMMON_FROM_RECORDS - 1);
  });

  it('says the same in any order, and from any one household of a neighbourhood', () => {
    const households = [
      household('a/1', ['x']),
      household('b/1', ['x', 'y']),
      household('c/1', ['y']),
      household('c/2', ['x']),
    ];
    const expected = link(households);
    expect(link([...households].reverse())).toEqual(expected);
    for (const { ref } of households) expect(link(households, [], [ref])).toEqual(expected);
  });

  it('finds nothing from a household that nobody enrolled', () => {
    expect(link([household('a/1', ['x'])], [], ['a/9'])).toEqual([]);
  });
});
