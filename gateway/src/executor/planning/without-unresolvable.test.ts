import { buildSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readJoinFields } from './join-fields.ts';
import { readSubgraphKeys } from './subgraph-keys.ts';
import { withoutUnresolvable } from './without-unresolvable.ts';

const document = parse(/* GraphQL */ `
  directive @join__type(graph: join__Graph, key: String) repeatable on OBJECT
  directive @join__field(graph: join__Graph, requires: String, provides: String, external: Boolean) repeatable on FIELD_DEFINITION
  directive @join__graph(name: String!) on ENUM_VALUE
  enum join__Graph { USER @join__graph(name: "user") }
  type Query {
    item: Item @join__field(graph: USER)
    known: Item @join__field(graph: USER, provides: "weight maker { town }")
  }
  type Item @join__type(graph: USER, key: "id code") {
    id: ID!
    code: Int @join__field(graph: USER, external: true)
    weight: Int @join__field(graph: USER, external: true)
    heavy: Boolean @join__field(graph: USER, requires: "weight code")
    price_required_1: Item @join__field(graph: USER)
    maker: Maker @join__field(graph: USER)
  }
  type Maker {
    town: String @join__field(graph: USER, external: true)
    near: Boolean @join__field(graph: USER, requires: "town")
    name: String @join__field(graph: USER)
  }
`);
const schema = buildSchema(
  print(document).replace('price_required_1: Item', 'price(in: Int): Item'),
);
const facts = {
  subgraph: 'user',
  schema,
  joins: readJoinFields(document, schema),
  keys: readSubgraphKeys(document),
  requiredFields: new Map([['price_required_1', { name: 'price', call: 'price(in: 1)' }]]),
};

function left(text: string, typeName = 'Query', isReferred = false): string {
  // Written as one operation.
  const [operation] = parse(text).definitions as [OperationDefinitionNode];
  const selectionSet = withoutUnresolvable(operation.selectionSet, typeName, isReferred, facts);
  return print({ kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] }).replaceAll(
    /\s+/gu,
    ' ',
  );
}

describe('of an object that no reference names', () => {
  test('nothing is asked that is computed from what the subgraph is not given', () => {
    expect(left('{ item { id heavy } }')).toBe('{ item { id } }');
  });

  test("what is others' to give is not asked, for whatever it was to be computed", () => {
    expect(left('{ item { id weight } }')).toBe('{ item { id } }');
  });

  test('its keys are asked, also where others have them too', () => {
    expect(left('{ item { id code } }')).toBe('{ item { id code } }');
  });

  test('also inside fragments, and below fields that stand for a call with arguments', () => {
    expect(left('{ item { price_required_1 { ... on Item { id heavy } } } }')).toBe(
      '{ item { price_required_1 { ... on Item { id } } } }',
    );
  });

  test('a field of which nothing is left is not asked either', () => {
    expect(left('{ item { id maker { near } ... on Item { heavy } } }')).toBe('{ item { id } }');
  });

  test('what it is may always be asked', () => {
    expect(left('{ item { __typename heavy } __typename }')).toBe(
      '{ item { __typename } __typename }',
    );
  });
});

describe('what the subgraph says it provides', () => {
  test('is asked where it says so, however deep', () => {
    expect(left('{ known { weight maker { town near } } }')).toBe(
      '{ known { weight maker { town near } } }',
    );
  });

  test('is no reason to ask what needs more than that', () => {
    expect(left('{ known { weight heavy } }')).toBe('{ known { weight } }');
  });

  test('is not asked elsewhere', () => {
    expect(left('{ known { id price_required_1 { weight } } }')).toBe('{ known { id } }');
  });
});

describe('of an entity that a reference names', () => {
  test('the reference has been looked at: all is asked', () => {
    expect(left('{ ... on Item { heavy weight } }', '', true)).toBe(
      '{ ... on Item { heavy weight } }',
    );
  });

  test('what is below it is asked as of any other object', () => {
    const text = '{ ... on Item { heavy maker { near name } price_required_1 { heavy id } } }';
    expect(left(text, '', true)).toBe(
      '{ ... on Item { heavy maker { name } price_required_1 { id } } }',
    );
  });
});
