import { printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { readClientSchema } from './client-schema.ts';

it('shows what a client can ask for, and neither keys nor the machinery of the federation', () => {
  const schema = readClientSchema(`
    schema @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
    directive @inaccessible on OBJECT | FIELD_DEFINITION | ENUM_VALUE
    scalar requiresScopes__Scope
    enum join__Graph { A @join__graph(name: "a", url: "http://127.0.0.1/a") }
    type Query @join__type(graph: A) { person(kind: Kind = ONE, key: ID @inaccessible): Person }
    type Person @join__type(graph: A, key: "id") { id: ID! @inaccessible ref: ID }
    type Secret @inaccessible { id: ID }
    enum Kind { ONE TWO @inaccessible }
  `);
  expect(printSchema(schema).replace(/\s+/gu, ' ')).toBe(
    'type Query { person(kind: Kind = ONE): Person } type Person { ref: ID } enum Kind { ONE }',
  );
});
