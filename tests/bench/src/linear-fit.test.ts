import { expect, it } from 'vitest';
import { fitLine } from './linear-fit.ts';

it('finds a line that is there, with no scatter', () => {
  const samples = [0, 1, 2, 3].map((x) => ({ x, y: 5 + 3 * x }));
  expect(fitLine(samples)).toEqual({ slope: 3, scatter: 0 });
});

it('tells noise around a flat line as scatter, not as slope', () => {
  const samples = [1, -1, -1, 1].map((y, x) => ({ x, y }));
  expect(fitLine(samples)).toEqual({ slope: 0, scatter: 1 });
});

it('refuses samples that make no line', () => {
  expect(() => fitLine([{ x: 1, y: 1 }])).toThrow(RangeError);
});
