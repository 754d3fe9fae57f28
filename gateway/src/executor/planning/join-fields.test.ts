import { buildSchema, parse, print, type SelectionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readJoinFields } from './join-fields.ts';

const document = parse(/* GraphQL */ `
  directive @join__field(graph: join__Graph, requires: String, provides: String, external: Boolean) repeatable on FIELD_DEFINITION
  directive @join__graph(name: String!) on ENUM_VALUE
  enum join__Graph { OWNER @join__graph(name: "owner-of-all") USER @join__graph(name: "user") }
  type Query {
    item: Item @join__field(graph: OWNER, provides: "maker { name }")
    any: Thing @join__field(graph: USER)
  }
  interface Thing { maker: Maker @join__field(graph: USER) }
  type Item implements Thing {
    weight: Int @join__field(graph: OWNER) @join__field(graph: USER, external: true)
    shade: String @join__field(graph: USER, external: true)
    heavy: Boolean @join__field(graph: USER, requires: "weight")
    maker: Maker
      @join__field(graph: OWNER)
      @join__field(graph: USER, requires: "weight heavy", provides: "name")
  }
  type Tent implements Thing {
    maker: Maker @join__field(graph: USER, requires: "poles weight", provides: "address { town }")
  }
  type Maker { name: String address: Address }
  type Address { town: String }
`);
const joins = readJoinFields(document, buildSchema(print(document)));
const namesOf = (selections: readonly SelectionNode[]) => selections.map(print);

describe('what a reference must hold for a field', () => {
  test('is what its own subgraph requires, and nothing for others', () => {
    expect(joins.requires('user', 'Item', 'heavy')).toEqual(['weight']);
    expect(joins.requires('owner-of-all', 'Item', 'heavy')).toEqual([]);
    expect(joins.requires('user', 'Item', 'weight')).toEqual([]);
  });

  test('of an interface is what any of its types requires, each name once', () => {
    expect(joins.requires('user', 'Thing', 'maker')).toEqual(['heavy', 'poles', 'weight']);
  });

  test('is nothing for fields, types and subgraphs that there are not', () => {
    expect(joins.requires('user', 'Item', 'toString')).toEqual([]);
    expect(joins.requires('user', 'constructor', 'heavy')).toEqual([]);
    expect(joins.requires('USER', 'Item', 'heavy')).toEqual([]);
  });
});

describe("a field that is others' to give", () => {
  test('is known by the subgraph that only refers to it', () => {
    expect(joins.isExternal('user', 'Item', 'weight')).toBe(true);
    expect(joins.isExternal('owner-of-all', 'Item', 'weight')).toBe(false);
  });

  test('is only required where something is computed from it', () => {
    expect(joins.isOnlyRequired('user', 'Item', 'weight')).toBe(true);
    expect(joins.isOnlyRequired('user', 'Item', 'shade')).toBe(false);
    // What it computes itself it gives, also where it computes more from it.
    expect(joins.isOnlyRequired('user', 'Item', 'heavy')).toBe(false);
  });
});

describe('what is given below a field although it is others’', () => {
  test('is what the subgraph says of this field', () => {
    expect(namesOf(joins.provides('owner-of-all', 'Query', 'item'))).toEqual([
      'maker {\n  name\n}',
    ]);
    expect(joins.provides('user', 'Query', 'any')).toEqual([]);
  });

  test('below a field of an interface is what it says of any of its types', () => {
    expect(namesOf(joins.provides('user', 'Thing', 'maker'))).toEqual([
      'name',
      'address {\n  town\n}',
    ]);
  });
});

test('a graph of one subgraph has nothing of the kind', () => {
  const plain = parse('type Query { item: Int }');
  const none = readJoinFields(plain, buildSchema(print(plain)));
  expect(none.requires('user', 'Query', 'item')).toEqual([]);
  expect(none.provides('user', 'Query', 'item')).toEqual([]);
  expect(none.isExternal('user', 'Query', 'item')).toBe(false);
});
