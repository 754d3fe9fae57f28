import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOverlaps, isValidOn, type Validity } from './validity.ts';

const dayOf = (index: number) => new Date(Date.UTC(2018, 0, 1 + index)).toISOString().slice(0, 10);

const time = fc
  .record({
    from: fc.option(fc.integer({ min: 0, max: 20 })),
    length: fc.option(fc.integer({ min: 1, max: 20 })),
  })
  .map(
    ({ from, length }): Validity => ({
      validFrom: from === null ? null : dayOf(from),
      validTo: length === null ? null : dayOf((from ?? 0) + length),
    }),
  );

describe('the time something is valid', () => {
  it('overlaps another exactly when both are valid on some day', () => {
    fc.assert(
      fc.property(time, time, (a, b) => {
        const isShared = Array.from({ length: 60 }, (_, index) => dayOf(index - 10)).some(
          (day) => isValidOn(a, day) && isValidOn(b, day),
        );
        expect(findOverlaps([a, b])).toHaveLength(isShared ? 1 : 0);
      }),
    );
  });
});
