import { expect, it } from 'vitest';
import { createSeries } from './series.ts';

it('keeps the values of each name in their order', () => {
  const series = createSeries();
  for (const [name, value] of [
    ['a', 3],
    ['b', 1],
    ['a', 2],
  ] as const) {
    series.add(name, value);
  }
  expect(series.of('a')).toEqual([3, 2]);
  expect(series.of('b')).toEqual([1]);
});

it('refuses to tell of what was never measured', () => {
  expect(() => createSeries().of('c')).toThrow('nothing was measured as c');
});
