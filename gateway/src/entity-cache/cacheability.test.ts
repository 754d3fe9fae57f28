import { readFileSync } from 'node:fs';
import { supergraphFile } from '@tavolo/schemas';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readSupergraph } from '../supergraph/read-supergraph.ts';
import { compose } from '../test-subgraphs/compose.ts';
import { accessLink } from '../test-subgraphs/hub-graph.ts';
import { readCacheability } from './cacheability.ts';

const head = `${accessLink}
  extend schema
    @link(url: "https://tavolo.example/specs/cache/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on OBJECT | FIELD_DEFINITION
  enum CacheControlScope { PUBLIC PRIVATE }`;
const figures = '@requiresScopes(scopes: [["figures:read"]])';
const people = '@requiresScopes(scopes: [["people:read"]])';
const day = '@cacheControl(maxAge: 86400, scope: PUBLIC)';

const places = `${head}
  type Query { towns: [Town!] ${figures} @listSize(assumedSize: 5) }
  type Town @key(fields: "id") ${figures} @cacheControl(maxAge: 5, scope: PUBLIC) {
    id: ID!
    name: String ${day}
    beds: Int
    newest: Int @cacheControl(maxAge: 60, scope: PUBLIC)
    mine: Int @cacheControl(maxAge: 60, scope: PRIVATE)
    unsaid: Int @cacheControl(maxAge: 60)
    ageless: Int @cacheControl(scope: PUBLIC)
    never: Int @cacheControl(maxAge: 0, scope: PUBLIC)
    district: District ${day}
    ill: Int ${day} @sensitive(category: "HEALTH")
    need: Need ${day}
    guests: Int ${day} ${people}
    mayor: Person ${day}
    spot: Spot ${day}
  }
  type District @key(fields: "code") ${figures} @cacheControl(maxAge: 600, scope: PUBLIC) {
    code: ID!
    title: String
    towns: [Town!] @listSize(assumedSize: 5) @cacheControl(maxAge: 1, scope: PRIVATE)
  }
  enum Need @sensitive(category: "HEALTH") { ILL }
  interface Spot { label: String }
  type Square implements Spot ${figures} ${day} { label: String size: Int @cacheControl(maxAge: 30) }
  type Road implements Spot ${figures} { label: String ${day} length: Int }
  type Person @key(fields: "id") @requiresScopes(scopes: [["figures:read"]]) ${day} { id: ID! ${day} }
`;
const health = `${head}
  type Query { sites: Int ${figures} }
  type Town @key(fields: "id") @key(fields: "area { code }") ${figures} {
    id: ID!
    area: Area
    clinics: Int
    wards: Int ${day}
    beds: Int @external
    load: Int ${day} @requires(fields: "beds")
  }
  type Area ${figures} { code: ID! }
`;
const supergraph = readSupergraph(
  compose([
    { name: 'places', typeDefs: places, url: 'http://places.example/' },
    { name: 'health', typeDefs: health, url: 'http://health.example/' },
  ]),
  {},
  'refuse',
);
const { maxAgeSeconds, keysOf } = readCacheability(supergraph);

function ageOf(
  subgraph: string,
  typeName: string,
  selections: string,
  ofGraph = maxAgeSeconds,
): number | undefined {
  const [definition] = parse(selections).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no selections');
  const operation: OperationDefinitionNode = definition;
  return ofGraph(subgraph, typeName, operation.selectionSet);
}

test.each([
  ['a field that declares itself', 'places', 'Town', '{ name }', 86_400],
  ['beside __typename and under another name', 'places', 'Town', '{ __typename n: name }', 86_400],
  ['the lowest of several', 'places', 'Town', '{ name newest }', 60],
  ['nested, the lowest of all', 'places', 'Town', '{ name district { code title } }', 600],
  ['a type that declares for its fields', 'places', 'District', '{ title }', 600],
  ['one type of an interface', 'places', 'Town', '{ spot { ... on Square { size } } }', 30],
  ['all types of an interface', 'places', 'Town', '{ spot { label } }', 86_400],
  ['a field that one subgraph adds to another one’s type', 'health', 'Town', '{ wards }', 86_400],
])('%s may be kept', (_title, subgraph, typeName, selections, age) => {
  expect(ageOf(subgraph, typeName, selections)).toBe(age);
});

test.each([
  ['nothing but __typename', 'places', 'Town', '{ __typename }'],
  ['what declares nothing', 'places', 'Town', '{ beds }'],
  ['one that does not among many that do', 'places', 'Town', '{ name beds newest }'],
  ['what declares itself private', 'places', 'Town', '{ mine }'],
  ['what does not say that it is public', 'places', 'Town', '{ unsaid }'],
  ['what gives no age', 'places', 'Town', '{ ageless }'],
  ['what gives no time', 'places', 'Town', '{ never }'],
  ['a private field of a public type', 'places', 'District', '{ towns { name } }'],
  ['an object of which a field is not declared', 'places', 'Town', '{ district { code } beds }'],
  ['a field of a special category', 'places', 'Town', '{ ill }'],
  ['what returns a special category', 'places', 'Town', '{ need }'],
  ['a special category beside harmless fields', 'places', 'Town', '{ name ill }'],
  ['what is about single people', 'places', 'Town', '{ guests }'],
  ['a person, whatever is declared', 'places', 'Person', '{ id }'],
  ['what leads to a person', 'places', 'Town', '{ mayor { id } }'],
  [
    'a type of an interface that declares nothing',
    'places',
    'Town',
    '{ spot { ... on Road { length } } }',
  ],
  ['what another subgraph declares of the type both have', 'health', 'Town', '{ clinics }'],
  ['what this subgraph does not answer', 'health', 'Town', '{ name }'],
  ['what is computed from another subgraph’s field', 'health', 'Town', '{ load }'],
  ['a field that is not there', 'places', 'Town', '{ unknown }'],
  ['a type that is not there', 'places', 'Unknown', '{ id }'],
  ['a fragment by name', 'places', 'Town', '{ name ...Rest }'],
])('%s may not', (_title, subgraph, typeName, selections) => {
  expect(ageOf(subgraph, typeName, selections)).toBeUndefined();
});

test('the keys of a type are told for each subgraph', () => {
  expect(keysOf('places', 'Town')).toEqual(['id']);
  expect(keysOf('health', 'Town')).toEqual(['id', 'area { code }']);
  expect(keysOf('places', 'Square')).toEqual([]);
  expect(keysOf('health', 'District')).toBeUndefined();
});

test('of the hub’s own graph, what a facility is may be kept, and nothing of its guests', () => {
  const hub = readCacheability(readSupergraph(readFileSync(supergraphFile, 'utf8'), {}, 'warn'));
  const age = (typeName: string, selections: string) =>
    ageOf('reception-centres', typeName, selections, hub.maxAgeSeconds);
  expect(age('Facility', '{ managingBody municipality { name district } }')).toBe(3_600);
  expect(age('Facility', '{ managingBody targetCategory }')).toBeUndefined();
  for (const name of ['Person', 'Household', 'Stay', 'ImmediateReception']) {
    expect(age(name, '{ __typename id }')).toBeUndefined();
  }
});
