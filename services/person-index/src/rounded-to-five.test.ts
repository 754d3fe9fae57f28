import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundedToFive } from './rounded-to-five.ts';

it('a published count is a multiple of 5 and at most 2 from the true one', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (count) => {
      const published = roundedToFive(count);
      expect(published % 5).toBe(0);
      expect(Math.abs(published - count)).toBeLessThanOrEqual(2);
    }),
  );
});
