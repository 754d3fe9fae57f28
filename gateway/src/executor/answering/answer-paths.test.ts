import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { shapeOf } from './answer.fixture.ts';
import { toClientPaths, toPlanPath } from './answer-paths.ts';

const schema = buildSchema(`
  type Query { items: [Item] pets: [Pet] constructor: Item }
  type Item { id: ID name: String next: Item }
  union Pet = Cat | Dog
  type Cat { name: String lives: Int }
  type Dog { name: String tricks: Int }
`);
const data = {
  items: [{ id: '1', next: { id: '2' } }],
  pets: [{ __typename: 'Cat' }, { __typename: 'Dog' }],
};
type Path = readonly (string | number)[];
const toClient = (query: string, path: Path) =>
  toClientPaths(shapeOf({ schema, query }), data, path).map((each) => each.join('.'));

describe('a place of the plan, told to the client', () => {
  test.each<[string, string, Path, string[]]>([
    ['has its aliases', '{ a: items { b: name } }', ['items', 0, 'name'], ['a.0.b']],
    [
      'is told for each of them',
      '{ a: items { id } b: items { id } }',
      ['items', 0, 'id'],
      ['a.0.id', 'b.0.id'],
    ],
    ['that it did not ask is the one around', '{ a: items { name } }', ['items', 0, 'id'], ['a.0']],
    [
      'of which it asked nothing is the whole',
      '{ pets { ... on Cat { name } } }',
      ['items', 0],
      [''],
    ],
    [
      'is found where there are no data',
      '{ a: items { next { next { b: id } } } }',
      ['items', 0, 'next', 'next', 'id'],
      ['a.0.next.next.b'],
    ],
    [
      'has the alias of the type that is there',
      '{ pets { ... on Cat { a: name } ... on Dog { b: name } } }',
      ['pets', 1, 'name'],
      ['pets.1.b'],
    ],
    [
      'has those of all types where nothing says which',
      '{ pets { ... on Cat { a: name } ... on Dog { b: name } } }',
      ['pets', 7, 'name'],
      ['pets.7.a', 'pets.7.b'],
    ],
    [
      'may be called as what every object has',
      '{ __proto__: constructor { toString: id } }',
      ['constructor', 'id'],
      ['__proto__.toString'],
    ],
  ])('%s', (_what, query, path, expected) => {
    expect(toClient(query, path)).toEqual(expected);
  });

  test('of a hundred aliases ten are told', () => {
    const names = Array.from({ length: 100 }, (_, index) => `a${index}: items { id }`);
    expect(toClient(`{ ${names.join(' ')} }`, ['items', 0, 'id'])).toHaveLength(10);
  });
});

describe("a place of the client's answer, in the plan's names", () => {
  test.each<[string, string, Path, string]>([
    ['has no aliases', '{ a: items { b: name } }', ['a', 0, 'b'], 'items.0.name'],
    [
      'also where an alias is the name of another field',
      '{ items { name: id id: name } }',
      ['items', 0, 'name'],
      'items.0.id',
    ],
    ['is the whole for none', '{ items { id } }', [], ''],
  ])('%s', (_what, query, path, expected) => {
    expect(toPlanPath(shapeOf({ schema, query }), data, path).join('.')).toBe(expected);
  });
});
