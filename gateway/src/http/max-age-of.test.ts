import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { createMaxAgeReader } from './max-age-of.ts';

const schema = buildSchema(`
  directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  type Query {
    stations: [Station!]! @cacheControl(maxAge: 300)
    towns: [Town!]!
    counts: [Count!]!
    year: Int!
    person: Person
  }
  type Station { name: String! free: Int! @cacheControl(maxAge: 20) illnesses: Int! town: Town }
  type Town @cacheControl(maxAge: 3600) { name: String! station: Station @cacheControl(inheritMaxAge: true) }
  type Count { value: Int! }
  type Person { ref: ID! }
`);
const categories = new Map([['Station.illnesses', [{ category: 'HEALTH', owners: [] }]]]);
const byCoordinate = new Map(
  ['Query', 'Station', 'Town', 'Count', 'Person'].flatMap((type) =>
    Object.keys((schema.getType(type) as { getFields(): object }).getFields()).map((field) => {
      const coordinate = `${type}.${field}`;
      const rule = { scopes: [], policies: [], categories: categories.get(coordinate) ?? [] };
      return [coordinate, rule] as const;
    }),
  ),
);
const supergraph = { schema, rules: { byCoordinate, undecided: [] } } as unknown as Supergraph;

test.each([
  ['what an owner declares', ['Query.stations', 'Station.name'], 300],
  ['the shortest of all', ['Query.stations', 'Station.name', 'Station.free'], 20],
  ['what the type declares, as a part too', ['Query.towns', 'Town.name', 'Town.station'], 3600],
  ['nothing, where nothing is declared', ['Query.counts', 'Count.value'], 0],
  ['nothing for a leaf of the question itself', ['Query.year'], 0],
  ['a name of a type is no reason', ['Query.stations', 'Station.__typename'], 300],
  ['no field at all', [], 0],
])('%s', (_title, coordinates, seconds) => {
  expect(createMaxAgeReader()(supergraph, coordinates)).toBe(seconds);
});

test.each([
  ['a special category', ['Query.stations', 'Station.illnesses']],
  ['a person', ['Query.person', 'Person.ref']],
  ['what the graph does not have', ['Query.nothing']],
])('never: %s', (_title, coordinates) => {
  const maxAgeOf = createMaxAgeReader();
  expect(maxAgeOf(supergraph, coordinates)).toBeUndefined();
  // And not the second time either.
  expect(maxAgeOf(supergraph, coordinates)).toBeUndefined();
});
