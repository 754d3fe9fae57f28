import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-object.ts';
import { createMerge, fillWithNull } from './merge.ts';
import { readOutputShape } from './output-shape.ts';

const merge = createMerge((name) => name !== 'Place');
const shapeOf = (selection: string) => {
  const [operation] = parse(selection).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a selection in braces');
  return readOutputShape(operation.selectionSet);
};
function merged(target: JsonObject, received: JsonObject, selection: string): JsonObject {
  merge(target, received, shapeOf(selection));
  return target;
}

describe('what is received', () => {
  test('stands beside what is known', () => {
    expect(merged({ a: 1 }, { b: 2 }, '{ b }')).toEqual({ a: 1, b: 2 });
  });

  test('does not change what is known, and takes the place of null', () => {
    expect(merged({ a: 1, b: null }, { a: 2, b: 2 }, '{ a b }')).toEqual({ a: 1, b: 2 });
  });

  test('is only what was asked for', () => {
    const received = JSON.parse('{"a":1,"x":2,"__proto__":{"polluted":1}}') as JsonObject;
    const target = merged({}, received, '{ a }');
    expect(Reflect.ownKeys(target)).toEqual(['a']);
    expect(target['polluted']).toBeUndefined();
  });

  test('is merged into objects that are known, deep and in lists of the same length', () => {
    const target = { list: [{ id: 1 }, null, [{ id: 2 }]] };
    merged(target, { list: [{ a: 1 }, { a: 2 }, [{ a: 3 }]] }, '{ list { a } }');
    expect(target).toEqual({ list: [{ id: 1, a: 1 }, { a: 2 }, [{ id: 2, a: 3 }]] });
  });

  test('is not merged into a list of another length: nobody could say which is which', () => {
    const target = { list: [{ id: 1 }] };
    merged(target, { list: [{ a: 1 }, { a: 2 }] }, '{ list { a } }');
    expect(target).toEqual({ list: [{ id: 1 }] });
  });

  test('is not merged where one has an object and the other none', () => {
    expect(merged({ a: { b: 1 } }, { a: 'text' }, '{ a { c } }')).toEqual({ a: { b: 1 } });
    expect(merged({ a: 'text' }, { a: { c: 1 } }, '{ a { c } }')).toEqual({ a: 'text' });
    expect(merged({ a: { b: 1 } }, { a: [{ c: 1 }] }, '{ a { c } }')).toEqual({ a: { b: 1 } });
  });

  test('says the type where only the interface was known, and never the other way', () => {
    const selection = '{ __typename }';
    const house = { __typename: 'House' };
    expect(merged({ __typename: 'Place' }, house, selection)).toEqual(house);
    expect(merged({ ...house }, { __typename: 'Place' }, selection)).toEqual(house);
  });

  test('may have fields called as what every object has', () => {
    const target = merged(
      {},
      { constructor: 1, toString: { id: 2 } },
      '{ constructor toString { id } }',
    );
    expect(Object.entries(target)).toEqual([
      ['constructor', 1],
      ['toString', { id: 2 }],
    ]);
    expect(Object.keys(merged({}, {}, '{ constructor }'))).toEqual([]);
  });
});

test('of an entity that a subgraph does not know all that was asked is null, and its type stays', () => {
  const target: JsonObject = { __typename: 'Item', a: 1 };
  fillWithNull(target, shapeOf('{ __typename a b constructor }'));
  expect(target).toEqual({ __typename: 'Item', a: 1, b: null, constructor: null });
});
