import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasRepeatedNames } from './has-repeated-names.ts';

it('finds no repetition in what was written by JSON.stringify', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(3), (value, spaces) => {
      expect(hasRepeatedNames(JSON.stringify(value, null, spaces))).toBe(false);
    }),
  );
});

it('finds a member that is there twice, at any depth and however it is escaped', () => {
  const name = fc.string({ maxLength: 6 });
  fc.assert(
    fc.property(name, fc.jsonValue(), fc.jsonValue(), fc.boolean(), (key, a, b, isEscaped) => {
      const plain = JSON.stringify(key);
      const escaped = `"${Array.from({ length: key.length }, (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
      const twice = `{${plain} : ${JSON.stringify(a)}, ${isEscaped ? escaped : plain}:${JSON.stringify(b)}}`;
      expect(hasRepeatedNames(twice)).toBe(true);
      expect(hasRepeatedNames(`{"outer": [1, "x", ${twice}]}`)).toBe(true);
    }),
  );
});

it('lets the same name stand in different objects, and as a value', () => {
  expect(hasRepeatedNames('{"a":{"a":["a","a",{"a":"a"}]},"b":{"a":1}}')).toBe(false);
});
