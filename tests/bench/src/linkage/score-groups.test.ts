import { expect, it } from 'vitest';
import { countTruePairs, precisionOf, recallOf, scoreGroups, truePairsOf } from './score-groups.ts';

const personOf = new Map([
  ['a/1', 'P1'],
  ['b/1', 'P1'],
  ['c/1', 'P1'],
  ['a/2', 'P2'],
  ['b/2', 'P2'],
  ['a/3', 'P3'],
]);

it('counts pairs of records, so that a group of three is three pairs', () => {
  expect(countTruePairs(personOf)).toBe(4);
  expect([...truePairsOf(personOf)]).toContainEqual(['b/1', 'c/1']);
  expect(scoreGroups([['a/1', 'b/1', 'c/1'], ['a/2', 'b/2'], ['a/3']], personOf)).toEqual({
    right: 4,
    wrong: 0,
  });
});

it('counts every pair with a stranger in the group as wrong', () => {
  const score = {
    truePairs: countTruePairs(personOf),
    ...scoreGroups([['a/1', 'b/1', 'c/1', 'a/3'], ['a/2'], ['b/2']], personOf),
  };
  expect(score).toEqual({ truePairs: 4, right: 3, wrong: 3 });
  expect(precisionOf(score)).toBe(0.5);
  expect(recallOf(score)).toBe(0.75);
});

it('takes a record that nobody knows for a stranger', () => {
  expect(scoreGroups([['x/1', 'x/2']], personOf)).toEqual({ right: 0, wrong: 1 });
});

it('calls nothing linked precise, and finds all of nothing', () => {
  expect(precisionOf({ truePairs: 3, right: 0, wrong: 0 })).toBe(1);
  expect(recallOf({ truePairs: 0, right: 0, wrong: 0 })).toBe(1);
});
