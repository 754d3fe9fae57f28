import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWritableJson } from './is-writable-json.ts';

const nested = (levels: number, open = '[', close = ']'): unknown =>
  JSON.parse(open.repeat(levels) + (open === '[' ? '' : '1') + close.repeat(levels));

test('what JSON can say can be written', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => isWritableJson(value)));
});

test.each(['1e400', '-1e400', '[1,[1e400]]', '{"a":{"b":1e400}}', '{"__proto__":1e400}'])(
  '%s is read as a number that JSON does not have',
  (text) => {
    expect(isWritableJson(JSON.parse(text))).toBe(false);
  },
);

test('two hundred levels can be written, and no more, however many there are', () => {
  expect([200, 201, 10_000].map((levels) => isWritableJson(nested(levels)))).toEqual([
    true,
    false,
    false,
  ]);
  expect(isWritableJson(nested(10_000, '{"a":', '}'))).toBe(false);
});
