import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import { factsOf, planOf } from '../plan.fixture.ts';
import { ofPerson, peopleTypeDefs } from '../run.fixture.ts';
import { findPathsOf, findTargets } from './find-targets.ts';

const facts = factsOf(compose(peopleTypeDefs));
const pathOf = (path: string) =>
  planOf(facts, ofPerson('health', path, 'events')).steps[0]?.path ?? [];

const ann = { __typename: 'Person', id: '1' };
const ben = { __typename: 'Dog', id: '2' };
const data = { list: [[ann, null], 'text', [ben]], one: { next: ann }, none: null };

describe('the objects at the end of a way', () => {
  test.each([
    ['list', [ann, ben]],
    ['list.@.@', [ann, ben]],
    ['list|[Person]', [ann]],
    ['list.@|[Dog,Cat]', [ben]],
    ['one.next', [ann]],
    ['none.next', []],
    ['missing.next', []],
    ['list.id', []],
    ['constructor', []],
    ['one.__proto__', []],
  ])('%s', (path, expected) => {
    expect(findTargets(data, pathOf(path))).toEqual(expected);
  });

  test('one that does not say its type is of none of those that are asked for', () => {
    expect(findTargets({ one: { id: 1 } }, pathOf('one|[Person]'))).toEqual([]);
    expect(findTargets({ one: { id: 1 } }, pathOf('one'))).toEqual([{ id: 1 }]);
  });

  test('lists in lists are opened, though not more of them than any type has', () => {
    const nested = (levels: number): unknown => {
      let list: unknown = [ann];
      for (let level = 1; level < levels; level += 1) list = [list];
      return list;
    };
    expect(findTargets({ list: nested(10) }, pathOf('list'))).toEqual([ann]);
    expect(findTargets({ list: nested(1_000_000) }, pathOf('list'))).toEqual([]);
  });
});

describe('where they are', () => {
  test('each place of an object that is in several', () => {
    const shared = { list: [ann, { ...ben }, ann] };
    expect(findPathsOf(shared, pathOf('list')).get(ann)).toEqual([
      ['list', 0],
      ['list', 2],
    ]);
  });

  test('in lists of lists, of the types asked for only', () => {
    const found = findPathsOf(data, pathOf('list|[Dog]'));
    expect([...found]).toEqual([[ben, [['list', 2, 0]]]]);
  });
});

test('places are found as far as looking for them ends', () => {
  let people: unknown[] = [{ ...ann }];
  // Each is in both of two places of the one above: a million of places.
  for (let level = 0; level < 20; level += 1) people = [{ list: people }, { list: people }];
  const way = pathOf(Array.from({ length: 21 }, () => 'list').join('.'));
  const [places = []] = [...findPathsOf({ list: people }, way).values()];
  expect(places.length).toBeGreaterThan(10_000);
  expect(places.length).toBeLessThan(200_000);
});
