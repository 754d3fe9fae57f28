import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, spread } from './quantiles.ts';

describe('quantiles', () => {
  it('lie between the neighbours in proportion', () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    expect(quantile([7], 0.95)).toBe(7);
  });

  it('do not depend on the order and never leave the range', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
        const { min, max } = spread(list);
        const value = quantile(list, q);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        expect(quantile([...list].reverse(), q)).toBe(value);
      }),
    );
  });

  it('of nothing is an error, not a number', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
