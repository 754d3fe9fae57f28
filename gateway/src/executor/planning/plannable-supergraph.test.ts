import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { withoutUnresolvableKeys } from './plannable-supergraph.ts';

const keysOf = (directives: string, kind = 'type') => {
  const document = parse(`${kind} Item ${directives} { id: ID }`);
  const text = print(withoutUnresolvableKeys(document));
  return [...text.matchAll(/graph: (\w+)(?:, key: "(\w+)")?/gu)].map(([, graph, key]) =>
    key === undefined ? graph : `${graph} ${key}`,
  );
};

const b = '@join__type(graph: B, key: "id")';

test('a key that its subgraph does not resolve is left out where it has another that it does', () => {
  expect(
    keysOf(
      `@join__type(graph: A, key: "code", resolvable: false) @join__type(graph: A, key: "id") ${b}`,
    ),
  ).toEqual(['A id', 'B id']);
});

test('of interfaces as of objects', () => {
  expect(
    keysOf(
      '@join__type(graph: A, key: "id") @join__type(graph: A, key: "code", resolvable: false)',
      'interface',
    ),
  ).toEqual(['A id']);
});

test('it stays where it is the only one: the subgraph refers to the entity by it', () => {
  expect(keysOf(`@join__type(graph: A, key: "code", resolvable: false) ${b}`)).toEqual([
    'A code',
    'B id',
  ]);
});

test("another subgraph's key is no reason to leave it out", () => {
  expect(
    keysOf(`@join__type(graph: A, key: "id", resolvable: false) ${b} @join__type(graph: C)`),
  ).toEqual(['A id', 'B id', 'C']);
});

test('a key that says that it is resolvable stays', () => {
  const key = '@join__type(graph: A, key: "id", resolvable: true)';
  expect(keysOf(`${key} @join__type(graph: A, key: "code")`)).toEqual(['A id', 'A code']);
});
