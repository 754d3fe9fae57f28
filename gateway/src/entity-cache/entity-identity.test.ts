import { expect, test } from 'vitest';
import { entityIdentity } from './entity-identity.ts';

test.each([
  ['the order of fields', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['a number written as text', { id: 7 }, { id: '7' }],
])('%s makes no other entity', (_title, one, other) => {
  expect(entityIdentity(one)).toBe(entityIdentity(other));
});

test.each([
  ['another value', { id: 'a' }, { id: 'b' }],
  ['another field', { id: 'a' }, { ref: 'a' }],
  ['another type', { __typename: 'A', id: 'a' }, { __typename: 'B', id: 'a' }],
  ['null and the word', { id: null }, { id: 'null' }],
  ['another order of a list', { ids: [1, 2] }, { ids: [2, 1] }],
  ['a list and its text', { ids: [1, 2] }, { ids: '1,2' }],
  ['a nested field and one beside it', { a: { b: 1 } }, { a: 1, b: 1 }],
  ['an object and a list of pairs', { a: { b: '1' } }, { a: [['b', '1']], c: 1 }],
])('%s is another entity', (_title, one, other) => {
  expect(entityIdentity(one)).not.toBe(entityIdentity(other));
});
