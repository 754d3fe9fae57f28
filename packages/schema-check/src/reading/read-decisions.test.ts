import { expect, it } from 'vitest';
import { readDecisions } from './read-decisions.ts';

const decision = (sdl: string, coordinate: string) => {
  const found = readDecisions(sdl).find((each) => each.coordinate === coordinate);
  if (!found) throw new Error(`no ${coordinate}`);
  return found;
};

it('a field asks for what it, its type and what it returns ask for together', () => {
  const sdl = `
    type Query { person: Person @requiresScopes(scopes: [["a"], ["b"]]) @policy(policies: [["role:x"]]) }
    type Person @requiresScopes(scopes: [["p"]]) { stays: [Stay] @requiresScopes(scopes: [["q"]]) }
    type Stay @requiresScopes(scopes: [["s"]]) { id: ID }
  `;
  expect(decision(sdl, 'Query.person')).toMatchObject({
    isDecided: true,
    isAuthenticatedOnly: false,
    scopes: [
      ['a', 'p'],
      ['b', 'p'],
    ],
    policies: [['role:x']],
  });
  expect(decision(sdl, 'Person.stays').scopes).toEqual([['p', 'q', 's']]);
});

it('a special category holds for a type, for its fields, and for whatever returns it, enums included', () => {
  const sdl = `
    type Query { events: [Event] plain: Int }
    type Event @sensitive(category: "HEALTH") { kind: Kind }
    enum Kind @sensitive(category: "MINOR") { CHILD }
  `;
  expect(decision(sdl, 'Query.events').categories).toEqual(['HEALTH']);
  expect(decision(sdl, 'Event.kind').categories).toEqual(['HEALTH', 'MINOR']);
  expect(decision(sdl, 'Query.plain').categories).toEqual([]);
});

it('a field of an interface asks for what every implementation of it asks for', () => {
  const sdl = `
    type Query { node: Node }
    interface Node { id: ID }
    type A implements Node @requiresScopes(scopes: [["a"]]) { id: ID @sensitive(category: "HEALTH") }
    type B implements Node { id: ID @requiresScopes(scopes: [["b"]]) }
  `;
  expect(decision(sdl, 'Node.id')).toMatchObject({
    isDecided: true,
    scopes: [['a', 'b']],
    categories: ['HEALTH'],
  });
  const open = sdl.replace('@requiresScopes(scopes: [["b"]])', '');
  expect(decision(open, 'Node.id').isDecided).toBe(false);
});

it('a field asks for what the fields it is computed from and its arguments ask for', () => {
  const sdl = `
    type Query { find(by: Search): Int @authenticated }
    input Search { category: Category }
    enum Category @sensitive(category: "HEALTH") { ILL }
    type Person @authenticated {
      hours: Float @join__field(graph: HEALTH, requires: "stay { entry } ... on Person { other }")
      other: Int @policy(policies: [["role:x"]])
      stay: Stay
    }
    type Stay { entry: String @requiresScopes(scopes: [["people:read"]]) }
  `;
  expect(decision(sdl, 'Query.find').categories).toEqual(['HEALTH']);
  expect(decision(sdl, 'Person.hours')).toMatchObject({
    scopes: [['people:read']],
    policies: [['role:x']],
  });
});

it('tells what only asks who somebody is from what nobody has decided', () => {
  const sdl = 'type Query { known: Int @authenticated open: Int }';
  expect(decision(sdl, 'Query.known')).toMatchObject({
    isDecided: true,
    isAuthenticatedOnly: true,
  });
  expect(decision(sdl, 'Query.open')).toMatchObject({
    isDecided: false,
    isAuthenticatedOnly: false,
  });
});

it('the owner of a field comes before the owner of its type', () => {
  const sdl = `type Query @owner(partner: "one") {
    own: Int @owner(partner: "other") @owner(partner: "another")
    plain: Int
  }`;
  expect(decision(sdl, 'Query.own').owners).toEqual(['another', 'other']);
  expect(decision(sdl, 'Query.plain').owners).toEqual(['one']);
});

it('leaves out what no client can see', () => {
  const sdl = `
    type Query { shown: Int hidden: Int @inaccessible }
    type Hidden @inaccessible { id: ID }
    type join__Thing { id: ID }
  `;
  expect(readDecisions(sdl).map(({ coordinate }) => coordinate)).toEqual(['Query.shown']);
});

it.each([
  'type Query { a: Int @requiresScopes(scopes: []) }',
  'type Query { a: Int @requiresScopes(scopes: [[]]) }',
  'type Query { a: Int @policy }',
  'type Query { a: Int @sensitive }',
  'type Query { a: Int @sensitive(category: HEALTH) }',
  'schema @link(url: "https://x.example/access/v1.0", as: "y") { query: Query } type Query { a: Int }',
  'schema @link(url: "https://x.example/access/v1.0", import: [{ name: "@a", as: "@b" }]) { query: Query } type Query { a: Int }',
])('refuses a demand that asks nothing, or that goes by another name: %s', (sdl) => {
  expect(() => readDecisions(sdl)).toThrow(/must (list|name)|another name/u);
});
