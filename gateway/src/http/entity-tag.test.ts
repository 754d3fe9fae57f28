import { expect, test } from 'vitest';
import { entityTagOf, isKnown } from './entity-tag.ts';

test('equal bodies have equal tags, others have others', () => {
  expect(entityTagOf('{"data":1}')).toBe(entityTagOf('{"data":1}'));
  expect(entityTagOf('{"data":1}')).not.toBe(entityTagOf('{"data":2}'));
  expect(entityTagOf('')).toMatch(/^"[\w-]{43}"$/u);
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  [undefined, false],
])('If-None-Match %s', (header, known) => {
  expect(isKnown(header, '"a"')).toBe(known);
});
