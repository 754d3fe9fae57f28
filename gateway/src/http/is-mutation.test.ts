import { expect, test } from 'vitest';
import { isMutation } from './is-mutation.ts';

test.each([
  ['mutation { closeFacility }', undefined],
  ['mutation Close { closeFacility }', undefined],
  ['# query\nmutation($a: In = { b: [1] }) @d(a: {}) { closeFacility }', undefined],
  ['query A { sites } mutation B { closeFacility }', 'B'],
  ['{ sites } mutation B { closeFacility }', undefined],
  ['fragment F on Query { sites } mutation { ...F }', undefined],
])('%s, operation %s, is a mutation', (text, name) => {
  expect(isMutation(text, name)).toBe(true);
});

test.each([
  ['{ sites }', undefined],
  ['{ mutation }', undefined],
  ['query mutation { mutation(mutation: "mutation") { mutation } }', undefined],
  ['query A @mutation { sites }', undefined],
  ['query A { sites } mutation B { closeFacility }', 'A'],
  ['{ sites(text: """ } mutation { """) }', undefined],
  ['{ mutation ~ }', undefined],
  ['mutation "', undefined],
  ['', undefined],
])('%s, operation %s, is none', (text, name) => {
  expect(isMutation(text, name)).toBe(false);
});

test('depth and length cost no more than themselves', () => {
  const deep = `query { mutation ${'{ a '.repeat(20_000)}`;
  expect(isMutation(deep, undefined)).toBe(false);
});
