import { parse } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileOperation } from '../operation/compile-operation.ts';
import { createCostReader } from '../operation/cost.ts';
import { readSupergraph, type Supergraph } from '../supergraph/read-supergraph.ts';
import { compose } from '../test-subgraphs/compose.ts';
import { createGrant } from '../test-subgraphs/create-grant.ts';
import { accessLink } from '../test-subgraphs/hub-graph.ts';
import { createAccessView } from './access-view.ts';

const figures = '@requiresScopes(scopes: [["figures:read"]])';
const people = '@requiresScopes(scopes: [["people:read"]])';
const graph = `${accessLink}
  type Query {
    media: [Media!] ${figures}
    found: [Found!] ${figures}
    plain: String ${figures}
    either: String @requiresScopes(scopes: [["people:read"], ["figures:read", "diagnostics:read"]])
    policed: String ${figures} @policy(policies: [["role:coordinator"], ["role:analyst"]])
    told: String ${figures} @sensitive(category: "HEALTH") @owner(partner: "a")
    byWord(word: Word): String ${figures}
    byInput(input: Input): String ${figures}
    byScalar(scalar: Secret): String ${figures}
    undecided: String
    returns: Guarded @authenticated
  }
  interface Media { title: String pages: Int }
  type Book implements Media ${figures} { title: String pages: Int ${people} }
  type Film implements Media ${figures} { title: String pages: Int }
  union Found = Book | Secretive
  type Secretive ${people} { title: String }
  enum Word ${people} { A B }
  scalar Secret ${people}
  input Input { inner: Inner } input Inner { word: Word }
  type Guarded ${people} { x: Int ${figures} }
`;
const everything = [
  'Query.media',
  'Query.found',
  'Query.plain',
  'Query.either',
  'Query.policed',
  'Query.told',
  'Query.byWord',
  'Query.byInput',
  'Query.byScalar',
  'Query.undecided',
  'Query.returns',
  'Media.title',
  'Media.pages',
  'Book.title',
  'Book.pages',
  'Film.title',
  'Film.pages',
  'Secretive.title',
  'Guarded.x',
];

let supergraph: Supergraph;
beforeAll(() => {
  supergraph = read(graph);
});

function read(typeDefs: string): Supergraph {
  return readSupergraph(
    compose([{ name: 'a', typeDefs, url: 'http://127.0.0.1:1' }]),
    {},
    'refuse',
  );
}

/** The coordinate that refuses the question, for somebody who may read everything the scopes allow. */
function refusal(query: string, more: Parameters<typeof createGrant>[0] = {}, of = supergraph) {
  const view = createAccessView(of, createGrant({ coordinates: everything, ...more }));
  const operation = compileOperation(
    parse(query),
    undefined,
    of.clientSchema,
    createCostReader(of.names),
  );
  if (!operation) throw new Error('no operation');
  return view.refuses(operation);
}

describe('a field is read only where every rule of it holds', () => {
  test.each([
    ['a free field', '{ plain }', undefined],
    ['under an alias', '{ plain: either }', 'Query.either'],
    ['an interface field that one implementation forbids', '{ media { pages } }', 'Media.pages'],
    ['an interface field that all allow', '{ media { title } }', undefined],
    ['the implementation that allows it', '{ media { ... on Film { pages } } }', undefined],
    ['the implementation that forbids it', '{ media { ... on Book { pages } } }', 'Book.pages'],
    [
      'the same in a named fragment',
      '{ media { ...B } } fragment B on Book { pages }',
      'Book.pages',
    ],
    [
      'the same in nested fragments',
      '{ ...Q } fragment Q on Query { media { ... { ...B } } } fragment B on Book { t: pages }',
      'Book.pages',
    ],
    ['the same, skipped', '{ media { ... on Book { pages @skip(if: true) } } }', 'Book.pages'],
    [
      'the same, by a variable',
      'query($y: Boolean!) { media { ... on Book @include(if: $y) { pages } } }',
      'Book.pages',
    ],
    [
      'a member of a union that is forbidden',
      '{ found { ... on Secretive { title } } }',
      'Secretive.title',
    ],
    ['a member of a union that is allowed', '{ found { ... on Book { title } } }', undefined],
    ['__typename anywhere', '{ __typename media { __typename } found { __typename } }', undefined],
    ['an argument of a guarded enum', '{ byWord(word: A) }', 'Query.byWord'],
    ['an argument of a guarded enum inside inputs', '{ byInput }', 'Query.byInput'],
    ['an argument of a guarded scalar', '{ byScalar }', 'Query.byScalar'],
    ['what returns a guarded type', '{ returns { x } }', 'Query.returns'],
    ['what nobody decided', '{ undecided }', 'Query.undecided'],
    ['what is not there', '{ nothing }', 'Query.nothing'],
    ['a type that is not there', '{ ... on Nobody { x } }', 'Nobody.x'],
    ['a type that is not there, without a field', '{ ... on Nobody { __typename } }', 'Nobody'],
    ['the first of several', '{ plain nothing either }', 'Query.nothing'],
  ])('%s', (_title, query, expected) => {
    expect(refusal(query)).toBe(expected);
  });

  test('type and field rules add up: one of the two is not enough', () => {
    expect(
      refusal('{ media { ... on Book { pages } } }', { scopes: ['figures:read', 'people:read'] }),
    ).toBeUndefined();
    expect(refusal('{ media { ... on Book { pages } } }', { scopes: ['people:read'] })).toBe(
      'Query.media',
    );
    expect(refusal('{ returns { x } }', { scopes: ['people:read'] })).toBe('Guarded.x');
    expect(
      refusal('{ returns { x } }', { scopes: ['figures:read', 'people:read'] }),
    ).toBeUndefined();
  });

  test('of several sets one whole set is enough, and parts of two are not', () => {
    expect(refusal('{ either }', { scopes: ['people:read'] })).toBeUndefined();
    expect(refusal('{ either }', { scopes: ['figures:read', 'diagnostics:read'] })).toBeUndefined();
    expect(refusal('{ either }', { scopes: ['diagnostics:read'] })).toBe('Query.either');
  });

  test('a policy is for the roles it names', () => {
    expect(refusal('{ policed }', { roles: ['analyst'] })).toBeUndefined();
    expect(refusal('{ policed }', { roles: ['case-worker'] })).toBe('Query.policed');
  });

  test('a category needs the declaration and the grant of its owner, both', () => {
    expect(refusal('{ told }')).toBe('Query.told');
    expect(refusal('{ told }', { categories: ['HEALTH'] })).toBe('Query.told');
    expect(refusal('{ told }', { grants: { a: ['HEALTH'] } })).toBe('Query.told');
    expect(refusal('{ told }', { categories: ['HEALTH'], grants: { b: ['HEALTH'] } })).toBe(
      'Query.told',
    );
    expect(refusal('{ told }', { categories: ['HEALTH'], grants: { a: ['MINOR'] } })).toBe(
      'Query.told',
    );
    expect(
      refusal('{ told }', { categories: ['HEALTH'], grants: { a: ['HEALTH'] } }),
    ).toBeUndefined();
  });

  test('what the purpose does not list is refused whatever the rules say', () => {
    const scopes = ['figures:read', 'people:read', 'diagnostics:read'] as const;
    for (const coordinate of ['Query.plain', 'Query.media'])
      expect(
        refusal('{ plain media { title } }', {
          scopes,
          coordinates: everything.filter((each) => each !== coordinate),
        }),
      ).toBe(coordinate);
    expect(refusal('{ plain }', { coordinates: [] })).toBe('Query.plain');
  });
});

test('a field computed from a hidden one is as hidden, and a renamed directive means what it meant', () => {
  const renamed = (text: string) =>
    text
      .replace('"@requiresScopes"', '{ name: "@requiresScopes", as: "@needs" }')
      .replaceAll('@requiresScopes(', '@needs(');
  const a = renamed(
    `${accessLink} type Query { p: P @authenticated } type P @key(fields: "id") { id: ID! @authenticated born: String ${people} }`,
  );
  const b = renamed(
    `${accessLink} type P @key(fields: "id") { id: ID! @authenticated born: String @external age: Int @authenticated @requires(fields: "born") ${people} free: Int @authenticated }`,
  );
  const of = readSupergraph(
    compose([
      { name: 'a', typeDefs: a, url: 'http://127.0.0.1:1' },
      { name: 'b', typeDefs: b, url: 'http://127.0.0.1:2' },
    ]),
    {},
    'refuse',
  );
  expect(of.names.get('requiresScopes')).not.toBe(undefined);
  const coordinates = ['Query.p', 'P.id', 'P.born', 'P.age', 'P.free'];
  expect(refusal('{ p { free } }', { coordinates }, of)).toBeUndefined();
  expect(refusal('{ p { born } }', { coordinates }, of)).toBe('P.born');
  expect(refusal('{ p { age } }', { coordinates }, of)).toBe('P.age');
  // Also where the composer's own check is gone: the rule of what is required goes along.
  const required = of.rules.byCoordinate.get('P.age');
  expect(required?.scopes).toEqual([[['people:read']]]);
});

test('a field that an interface object brings is decided there, for every type that has it', () => {
  const a = `${accessLink} type Query { m: [M] @authenticated } interface M @key(fields: "id") { id: ID! } type B implements M @key(fields: "id") @authenticated { id: ID! }`;
  const b = `${accessLink} type M @key(fields: "id") @interfaceObject { id: ID! @authenticated score: Int ${people} }`;
  const of = readSupergraph(
    compose([
      { name: 'a', typeDefs: a, url: 'http://127.0.0.1:1' },
      { name: 'b', typeDefs: b, url: 'http://127.0.0.1:2' },
    ]),
    {},
    'refuse',
  );
  const coordinates = ['Query.m', 'M.id', 'M.score', 'B.id', 'B.score'];
  expect(refusal('{ m { id } }', { coordinates }, of)).toBeUndefined();
  expect(refusal('{ m { score } }', { coordinates }, of)).toBe('M.score');
  expect(refusal('{ m { ... on B { score } } }', { coordinates }, of)).toBe('B.score');
  expect(
    refusal('{ m { ... on B { score } } }', { coordinates, scopes: ['people:read'] }, of),
  ).toBeUndefined();
});

test('the narrow schema names nothing that may not be read', () => {
  const view = createAccessView(supergraph, createGrant({ coordinates: everything }));
  const schema = view.schema();
  expect(
    Object.keys(schema?.getTypeMap() ?? {})
      .filter((name) => !name.startsWith('__'))
      .sort(),
  ).toEqual(['Book', 'Boolean', 'Film', 'Found', 'Media', 'Query', 'String', 'Int'].sort());
  expect(Object.keys(schema?.getQueryType()?.getFields() ?? {})).toEqual([
    'media',
    'found',
    'plain',
    'policed',
  ]);
});
