import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFilterTable } from './filter-table.ts';

const filter = fc.uint8Array({ minLength: 128, maxLength: 128 });

/** A filter with the given bits, or about `share` of all. */
function filterOf(bits: Iterable<number>): Uint8Array {
  const bytes = new Uint8Array(128);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return bytes;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

function similarity(a: Uint8Array, b: Uint8Array): number {
  const table = createFilterTable();
  table.set(0, [a, a, a]);
  table.set(1, [b, b, b]);
  return table.similarity(0, 1, 1);
}

describe('filter table', () => {
  it('gives back the bits that were put in, in any slot', () => {
    fc.assert(
      fc.property(filter, fc.integer({ min: 0, max: 5_000 }), (bytes, slot) => {
        const table = createFilterTable();
        table.set(slot, [filterOf([1]), bytes, filterOf([2])]);
        const seen: number[] = [];
        table.forEachBit(slot, 1, (bit) => seen.push(bit));
        expect(filterOf(seen)).toEqual(bytes);
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('keeps what it holds when it grows', () => {
    const table = createFilterTable();
    const [a, b] = [filterOf(range(0, 100)), filterOf(range(50, 150))];
    table.set(0, [a, a, a]);
    table.set(9_000, [b, b, b]);
    expect(table.similarity(0, 9_000, 2)).toBe(0.5);
  });

  it('a slot used again holds the new record only', () => {
    const table = createFilterTable();
    const full = filterOf(range(0, 300));
    table.set(0, [full, full, full]);
    table.set(0, [filterOf([5]), filterOf([6]), filterOf([7])]);
    const seen: number[] = [];
    table.forEachBit(0, 1, (bit) => seen.push(bit));
    expect(seen).toEqual([6]);
  });

  it('is Dice: twice the common bits by all bits', () => {
    expect(similarity(filterOf(range(0, 100)), filterOf(range(50, 200)))).toBe(100 / 250);
    expect(similarity(filterOf([1, 2]), filterOf([1, 2]))).toBe(1);
    expect(similarity(filterOf([1, 2]), filterOf([3, 4]))).toBe(0);
  });

  it('is the same in both directions, from 0 to 1, and 1 only for equal filters', () => {
    fc.assert(
      fc.property(filter, filter, (a, b) => {
        const degree = similarity(a, b);
        expect(degree).toBe(similarity(b, a));
        expect(degree).toBeGreaterThanOrEqual(0);
        expect(degree).toBeLessThanOrEqual(1);
        expect(degree === 1).toBe(a.every((byte, at) => byte === b[at]));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('filters half full are not alike because they are full', () => {
    // Every other bit against the first half: 256 of 512 in common, as chance would have it.
    const even = filterOf(range(0, 512).map((bit) => bit * 2));
    expect(similarity(even, filterOf(range(0, 512)))).toBeCloseTo(0.25, 5);
    expect(similarity(even, even)).toBe(1);
  });

  it('an empty filter, and one with every bit set, are like nobody', () => {
    const [empty, every] = [new Uint8Array(128), new Uint8Array(128).fill(255)];
    expect(similarity(empty, empty)).toBe(0);
    expect(similarity(every, every)).toBe(0);
    expect(similarity(every, filterOf(range(0, 150)))).toBeLessThan(0.3);
  });
});
