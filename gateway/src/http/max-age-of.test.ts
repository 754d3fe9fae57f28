import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { createMaxAgeReader } from './max-age-of.ts';

const schema = buildSchema(`
  directive @cacheControl(maxAge: Int) on FIELD_DEFINITION | OBJECT
  type Query {
    stations: [Station!]! @cacheControl(maxAge: 300)
    towns: [Town!]! @cacheControl(maxAge: 7200)
    counts: [Count!]! @cacheControl(maxAge: 60)
    person: Person @cacheControl(maxAge: 60)
    household: Household
  }
  type Station @cacheControl(maxAge: 600) {
    name: String!
    free: Int! @cacheControl(maxAge: 20)
    illnesses: Int!
    turn: Int!
  }
  type Town @cacheControl(maxAge: 3600) { name: String! }
  type Count { value: Int! }
  type Person @cacheControl(maxAge: 60) { ref: ID! }
  type Household { size: Int! }
`);
const categories = new Map([['Station.illnesses', [{ category: 'HEALTH', owners: [] }]]]);
const byCoordinate = new Map(
  ['Query', 'Station', 'Town', 'Count', 'Person', 'Household'].flatMap((type) =>
    Object.keys((schema.getType(type) as { getFields(): object }).getFields()).map((field) => {
      const coordinate = `${type}.${field}`;
      const scopes = coordinate === 'Station.turn' ? [[['priority-list:read']]] : [];
      const rule = { scopes, policies: [], categories: categories.get(coordinate) ?? [] };
      return [coordinate, rule] as const;
    }),
  ),
);
const names = new Map([['cacheControl', 'cacheControl']]);
const supergraph = {
  schema,
  names,
  rules: { byCoordinate, undecided: [] },
} as unknown as Supergraph;

test.each([
  ['what an owner declares', ['Query.stations', 'Station.name'], 300],
  ['the shortest of all', ['Query.stations', 'Station.name', 'Station.free'], 20],
  ['what the type declares, for each of its fields', ['Query.towns', 'Town.name'], 3600],
  ['nothing, where one field declares nothing', ['Query.counts', 'Count.value'], 0],
  ['a name of a type is no reason', ['Query.stations', 'Station.__typename'], 300],
  ['no field at all', [], 0],
])('%s', (_title, coordinates, seconds) => {
  expect(createMaxAgeReader()(supergraph, coordinates)).toBe(seconds);
});

test.each([
  ['a special category', ['Query.stations', 'Station.illnesses']],
  ['a person, whatever is declared', ['Query.person', 'Person.ref']],
  ['a household', ['Query.household']],
  ['what only those read who read of single people', ['Query.stations', 'Station.turn']],
  ['what the graph does not have', ['Query.nothing']],
])('never: %s', (_title, coordinates) => {
  const maxAgeOf = createMaxAgeReader();
  expect(maxAgeOf(supergraph, coordinates)).toBeUndefined();
  // And not the second time either.
  expect(maxAgeOf(supergraph, coordinates)).toBeUndefined();
});
