import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allOf, meets } from './any-of.ts';

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
const demand = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), {
  maxLength: 3,
});

it('who meets several demands together is exactly who meets each of them', () => {
  fc.assert(
    fc.property(names, fc.array(demand, { maxLength: 4 }), (had, demands) => {
      expect(meets(had, allOf(demands))).toBe(demands.every((each) => meets(had, each)));
    }),
  );
});

it('says nothing twice: the same demand of a type and its field stays one', () => {
  expect(allOf([[['people:read']], [['people:read']]])).toEqual([['people:read']]);
  expect(allOf([[['f'], ['d']], [['f']]])).toEqual([['f']]);
  expect(allOf([])).toEqual([]);
});
