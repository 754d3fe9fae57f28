import fc from 'fast-check';
import { expect, it } from 'vitest';
import { risingWeights } from './rising-weights.ts';

const totals = { truePairs: 1_000, otherPairs: 1_000_000 };

it('is the logarithm of how much more often one person shows it than two', () => {
  const [weight] = risingWeights([{ onePerson: 100, twoPeople: 100 }], totals);
  expect(weight).toBeCloseTo(Math.log(1_000), 1);
});

it('never falls as names grow more alike, and stays finite where nobody was', () => {
  const cell = fc.record({ onePerson: fc.nat(500), twoPeople: fc.nat(500) });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 11 }), (cells) => {
      const weights = risingWeights(cells, totals);
      expect(weights).toHaveLength(cells.length);
      expect(weights.every(Number.isFinite)).toBe(true);
      expect([...weights].sort((a, b) => a - b)).toEqual(weights);
    }),
  );
});

it('pools neighbours that fall by how much each saw', () => {
  const [first, second] = risingWeights(
    [
      { onePerson: 900, twoPeople: 0 },
      { onePerson: 0, twoPeople: 9 },
    ],
    totals,
  );
  expect(first).toBe(second);
  expect(first).toBeGreaterThan(10);
});
