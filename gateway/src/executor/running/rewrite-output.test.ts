import type { FetchDataRewrite } from '@apollo/query-planner';
import { describe, expect, test } from 'vitest';
import { compose } from '../../test-subgraphs/compose.ts';
import type { JsonObject } from '../json-object.ts';
import { factsOf, rootOf } from '../plan.fixture.ts';
import { beginRun, peopleTypeDefs } from '../run.fixture.ts';
import { createOutputRewrite, readRenames } from './rewrite-output.ts';

const isSubtype = (typeName: string, of: string) => typeName === of || of === 'Place';
const rename = (...path: string[]): FetchDataRewrite => ({
  kind: 'KeyRenamer',
  path,
  renameKeyTo: 'title',
});
function rewritten(received: JsonObject, ...rewrites: FetchDataRewrite[]): JsonObject {
  createOutputRewrite(rewrites, isSubtype)?.(received);
  // As it would be written.
  return JSON.parse(JSON.stringify(received)) as JsonObject;
}

test('a plan that has none costs nothing', () => {
  expect(createOutputRewrite([], isSubtype)).toBeNull();
});

describe('a key that the plan had to call otherwise', () => {
  const path = ['items', '... on Film', 'title_0'] as const;

  test('gets its own name, in lists, in objects of its type only', () => {
    const items = [
      { __typename: 'Film', title_0: 'a' },
      { __typename: 'Book', title_0: 'b' },
      null,
    ];
    expect(rewritten({ items }, rename(...path))).toEqual({
      items: [{ __typename: 'Film', title: 'a' }, { __typename: 'Book', title_0: 'b' }, null],
    });
  });

  test('gets it also where its value is null, false, or nothing much', () => {
    for (const value of [null, false, 0, '']) {
      expect(rewritten({ title_0: value }, rename('title_0'))).toEqual({ title: value });
    }
  });

  test('does not put its null in the place of what is there', () => {
    expect(rewritten({ title: 'a', title_0: null }, rename('title_0'))['title']).toBe('a');
  });

  test('is left where it is not there', () => {
    expect(rewritten({ other: 1 }, rename('title_0'))).toEqual({ other: 1 });
    expect(rewritten({ items: 'text' }, rename(...path))).toEqual({ items: 'text' });
  });

  test('is renamed once, however often the object is received', () => {
    const film = { title_0: 'a' };
    rewritten(film, rename('title_0'));
    expect(rewritten(film, rename('title_0'))).toEqual({ title: 'a' });
  });

  test('may be called as what every object has', () => {
    expect(rewritten({}, rename('constructor'))).toEqual({});
    expect(rewritten({ constructor: 1 }, rename('constructor'))).toEqual({ title: 1 });
  });
});

test("an interface object's type is set to what it is", () => {
  const set: FetchDataRewrite = {
    kind: 'ValueSetter',
    path: ['... on Place', '__typename'],
    setValueTo: 'House',
  };
  expect(rewritten({ __typename: 'Place', id: 1 }, set)).toEqual({ __typename: 'House', id: 1 });
});

test('the shape of an answer has the names that keys become', () => {
  expect([...readRenames([rename('items', 'title_0')])]).toEqual([['title_0', 'title']]);
});

test('a null under the name of the plan is a null in its data, and nothing that could not be had', async () => {
  const facts = factsOf(compose(peopleTypeDefs));
  const root = rootOf('people', '{ guest { __typename title_0: name } }', [
    rename('guest', '... on Person', 'title_0'),
  ]);
  const run = await beginRun(facts, root);
  await run.asked[0]?.answer({ guest: { __typename: 'Person', title_0: null } });
  expect(run.data?.['guest']).toMatchObject({ title: null });
});
