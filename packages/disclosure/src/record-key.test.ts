import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordKey } from './record-key.ts';
import { ROUNDING_BOUND, roundedCount } from './rounded-count.ts';

const SECRET = 'an invented secret for tests of disclosure control';

describe('a record key', () => {
  it('is the same every time, fits a signed BIGINT, and spreads over 62 bits', () => {
    const keys = Array.from({ length: 2_000 }, (_, at) => recordKey(SECRET, 'PERSON', `ref-${at}`));
    expect(recordKey(SECRET, 'PERSON', 'ref-0')).toBe(keys[0]);
    expect(keys.every((key) => key >= 0n && key < 2n ** 62n)).toBe(true);
    expect(keys.some((key) => key > 2n ** 61n)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
    const odd = keys.filter((key) => key % 2n === 1n).length;
    expect(odd / keys.length).toBeGreaterThan(0.45);
    expect(odd / keys.length).toBeLessThan(0.55);
  });

  it('is another one for a household of the same reference, and under another secret', () => {
    const key = recordKey(SECRET, 'PERSON', 'ref');
    expect(recordKey(SECRET, 'HOUSEHOLD', 'ref')).not.toBe(key);
    expect(recordKey(`${SECRET}!`, 'PERSON', 'ref')).not.toBe(key);
  });

  it('needs a secret that cannot be found by trying', () => {
    expect(() => recordKey('short', 'PERSON', 'ref')).toThrow('at least 32 characters');
  });
});

describe('a rounded count', () => {
  it('is a multiple of five, within two of the count, and the same each time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 1_000_000 }), (count) => {
        expect(roundedCount(count) % 5).toBe(0);
        expect(Math.abs(roundedCount(count) - count)).toBeLessThanOrEqual(ROUNDING_BOUND);
        expect(roundedCount(count)).toBe(roundedCount(count));
      }),
    );
  });

  it('tells fewer than eight from nobody never', () => {
    const told = new Set([0, 1, 2, 3, 4, 5, 6, 7].map(roundedCount));
    expect([...told]).toEqual([0]);
    expect(roundedCount(8)).toBe(10);
  });

  it('is never made of anything but a count', () => {
    for (const count of [-1, 1.5, Number.NaN]) expect(() => roundedCount(count)).toThrow('whole');
  });
});
