import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import { coordinatesOf } from './coordinates-of.ts';

const schema = buildSchema(`
  type Query { node: Node any: Any a: A }
  interface Node { id: ID }
  union Any = A | B
  type A implements Node { id: ID only: Int b: B }
  type B implements Node { id: ID }
`);

it.each([
  ['{ x: a { y: id } }', ['A.id', 'Query.a']],
  [
    '{ a { ...F } } fragment F on A { b { ...G } } fragment G on B { id }',
    ['A.b', 'B.id', 'Query.a'],
  ],
  ['{ node { id } }', ['A.id', 'B.id', 'Node.id', 'Query.node']],
  ['{ node { ... on A { only } ... { __typename } } }', ['A.only', 'Query.node']],
  ['{ any { __typename ... on Node { id } } }', ['A.id', 'B.id', 'Node.id', 'Query.any']],
  ['{ a @skip(if: true) { id @include(if: false) } }', ['A.id', 'Query.a']],
  ['query One { a { id } } query Two { node { __typename } }', ['A.id', 'Query.a', 'Query.node']],
  ['{ __schema { types { name } } __typename }', []],
])('every field a document asks for is named, however it is reached: %s', (text, expected) => {
  expect(coordinatesOf(parse(text), schema)).toEqual(expected);
});
