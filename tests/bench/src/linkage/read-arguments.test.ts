import { expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

it('measures all models at two sizes unless told otherwise', () => {
  const { people, models, seed } = readArguments([]);
  expect(people).toEqual([2_000, 20_000]);
  expect(models).toEqual(['base', 'january-first', 'three-scripts', 'few-identifiers', 'worst']);
  expect(seed).toBe(7);
  expect(readArguments(['--people', '400', '--model', 'base,mine.json']).models).toEqual([
    'base',
    'mine.json',
  ]);
});

it.each([
  [['--people', '12'], '--people'],
  [['--people', '2000,'], '--people'],
  [['--seed', 'x'], '--seed'],
  [['--rounds', '-1'], 'rounds'],
  [['--fast'], '--fast'],
])('says in one sentence what is wrong with %j', (args, named) => {
  expect(() => readArguments(args)).toThrow(named);
});
