import { readFileSync } from 'node:fs';
import { supergraphFile } from '@tavolo/schemas';
import { Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { readOwners } from './read-owners.ts';

const machinery = `
  directive @owner(partner: String!) repeatable on FIELD_DEFINITION | OBJECT
  enum join__Graph {
    CENTRES @join__graph(name: "reception-centres", url: "")
    SERVICES @join__graph(name: "social-services", url: "")
  }`;

it('the owner named on the field goes before that of the type, and that before who answers', () => {
  const ownersOf = readOwners(`${machinery}
    type Person @owner(partner: "person-index") @join__type(graph: CENTRES) {
      ref: ID
      beds: Int @owner(partner: "centre-office") @owner(partner: "another") @join__field(graph: CENTRES)
    }
    type Municipality @join__type(graph: SERVICES) @join__type(graph: CENTRES) {
      name: String
      residents: Int @join__field(graph: SERVICES)
      key: ID @join__field(graph: CENTRES) @join__field(graph: SERVICES, external: true)
    }`);
  expect(ownersOf('Person.ref')).toEqual(['person-index']);
  expect(ownersOf('Person.beds')).toEqual(['another', 'centre-office']);
  expect(ownersOf('Municipality.name')).toEqual(['reception-centres', 'social-services']);
  expect(ownersOf('Municipality.residents')).toEqual(['social-services']);
  expect(ownersOf('Municipality.key')).toEqual(['reception-centres']);
});

it('a field is also theirs whose fields it is computed from, however deep', () => {
  const ownersOf = readOwners(`${machinery}
    type Person @join__type(graph: CENTRES) @join__type(graph: SERVICES) {
      entryAt: String @owner(partner: "reception-centres")
      stay: Stay @owner(partner: "reception-centres")
      hours: Float @join__field(graph: SERVICES, requires: "entryAt") @owner(partner: "social-services")
      nights: Int @join__field(graph: SERVICES, requires: "hours stay { site { code } }")
    }
    type Stay @join__type(graph: CENTRES) { site: [Site!]! }
    type Site @join__type(graph: CENTRES) { code: String @owner(partner: "site-office") }`);
  expect(ownersOf('Person.hours')).toEqual(['reception-centres', 'social-services']);
  expect(ownersOf('Person.nights')).toEqual([
    'reception-centres',
    'site-office',
    'social-services',
  ]);
  expect(ownersOf('Person.entryAt')).toEqual(['reception-centres']);
});

it('what the graph does not have is nobody’s, whatever it is called', () => {
  const ownersOf = readOwners(
    `${machinery} type Bed @join__type(graph: CENTRES) { free: Boolean }`,
  );
  for (const coordinate of ['Bed.colour', 'Bunk.free', 'Object.constructor', 'toString', '']) {
    expect(ownersOf(coordinate)).toEqual([]);
  }
});

it('every field of the hub’s own supergraph is somebody’s', () => {
  const sdl = readFileSync(supergraphFile, 'utf8');
  const ownersOf = readOwners(sdl);
  const fields = parse(sdl).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (type.fields ?? []).map((field) => `${type.name.value}.${field.name.value}`)
      : [],
  );
  expect(fields.length).toBeGreaterThan(100);
  expect(fields.filter((field) => ownersOf(field).length === 0)).toEqual([]);
});
