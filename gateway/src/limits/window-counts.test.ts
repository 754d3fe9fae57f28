import { expect, test } from 'vitest';
import { MemoryWindowCounts } from './window-counts.ts';

function start() {
  const clock = { now: 1_000 };
  return { clock, counts: new MemoryWindowCounts(60_000, () => clock.now) };
}

test('a window begins with the first that is counted, and its count anew when it is over', () => {
  const { clock, counts } = start();
  expect(counts.add('a', 3)).toEqual({ points: 3, msLeft: 60_000 });
  clock.now += 59_999;
  expect(counts.add('a', 4)).toEqual({ points: 7, msLeft: 1 });
  clock.now += 1;
  expect(counts.add('a', 1)).toEqual({ points: 1, msLeft: 60_000 });
});

test('what is taken back of a window that is over is not given to the next', () => {
  const { clock, counts } = start();
  counts.add('a', 10);
  clock.now += 60_000;
  expect(counts.add('a', -10)).toMatchObject({ points: 0 });
  expect(counts.add('a', 1)).toMatchObject({ points: 1 });
});

test('each key is counted by itself', () => {
  const { counts } = start();
  counts.add('a', 5);
  expect(counts.add('b', 1)).toMatchObject({ points: 1 });
  expect(counts.add('a', -2)).toMatchObject({ points: 3 });
});

test('keys that nobody asks for any more take no memory', () => {
  const { clock, counts } = start();
  for (let number = 0; number < 1_000; number += 1) counts.add(`key ${number}`, 1);
  clock.now += 60_000;
  counts.add('a', 1);
  expect(counts.size).toBe(1);
});
