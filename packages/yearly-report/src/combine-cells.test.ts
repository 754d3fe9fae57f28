import type { Cell } from '@tavolo/disclosure';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinations, combineCells } from './combine-cells.ts';

const published = (value: number): Cell => ({
  display: String(value),
  value,
  lower: value,
  upper: value,
  status: 'PUBLISHED',
});

/** A protected figure together with a truth that its bounds hold. */
const figure = fc
  .record({
    truth: fc.integer({ min: -1_000, max: 10_000 }),
    below: fc.option(fc.integer({ min: 0, max: 50 })),
    above: fc.option(fc.integer({ min: 0, max: 50 })),
    shift: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ truth, below, above, shift }) => {
    const lower = below === null ? null : truth - below;
    const upper = above === null ? null : truth + above;
    const value = Math.round((lower ?? truth) + shift * ((upper ?? truth) - (lower ?? truth)));
    const cell: Cell = { display: String(value), value, lower, upper, status: 'PERTURBED' };
    return { truth, cell };
  });

const truthOf = {
  RATIO: (a: number, b: number) => a / b,
  ONE_MINUS_RATIO: (a: number, b: number) => 1 - a / b,
  DIFFERENCE: (a: number, b: number) => a - b,
};

describe('a figure made of two', () => {
  it('has bounds that hold the true figure whenever the bounds of its parts do', () => {
    fc.assert(
      fc.property(fc.constantFrom(...combinations), figure, figure, (kind, a, b) => {
        const { cell } = combineCells(kind, a.cell, b.cell, 'COUNT');
        const truth = truthOf[kind](a.truth, b.truth);
        fc.pre(Number.isFinite(truth) && cell.value !== null);
        expect(cell.lower ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(truth + 1e-9);
        expect(cell.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(truth - 1e-9);
        expect(cell.lower ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(cell.value);
        expect(cell.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(cell.value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never a number that is none, whatever it is made of', () => {
    const any = fc.double();
    const cell = fc.record({
      display: fc.string(),
      value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      lower: fc.option(any),
      upper: fc.option(any),
      status: fc.constantFrom('PUBLISHED', 'PERTURBED', 'NOT_AVAILABLE'),
    }) as fc.Arbitrary<Cell>;
    fc.assert(
      fc.property(fc.constantFrom(...combinations), cell, cell, (kind, a, b) => {
        const made = combineCells(kind, a, b, 'SHARE').cell;
        for (const number of [made.value, made.lower, made.upper]) {
          expect(number === null || Number.isFinite(number)).toBe(true);
        }
        expect(made.display).not.toMatch(/NaN|Infinity|∞/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not available when there is nothing to divide by, and says why', () => {
    for (const kind of ['RATIO', 'ONE_MINUS_RATIO'] as const) {
      expect(combineCells(kind, published(3), published(0), 'SHARE')).toEqual({
        cell: { display: 'n/a', value: null, lower: null, upper: null, status: 'NOT_AVAILABLE' },
        reason: 'DIVISION_BY_NOTHING',
      });
    }
  });

  it('is withheld when one of its parts is, and does not say which', () => {
    const suppressed: Cell = {
      display: '<5',
      value: null,
      lower: 0,
      upper: 4,
      status: 'SUPPRESSED_PRIMARY',
    };
    const made = combineCells('RATIO', suppressed, published(40), 'SHARE');
    expect(made).toEqual(combineCells('RATIO', published(40), suppressed, 'SHARE'));
    expect(made).toMatchObject({
      cell: { value: null, lower: null, upper: null, status: 'SUPPRESSED_SECONDARY' },
      reason: 'PART_WITHHELD',
    });
  });

  it('is exact only when both parts are', () => {
    expect(combineCells('RATIO', published(9), published(10), 'SHARE').cell).toEqual({
      display: '90%',
      value: 0.9,
      lower: 0.9,
      upper: 0.9,
      status: 'PUBLISHED',
    });
    const moved: Cell = { display: '10', value: 10, lower: 8, upper: 12, status: 'PERTURBED' };
    expect(combineCells('ONE_MINUS_RATIO', published(9), moved, 'SHARE').cell).toMatchObject({
      value: 0.1,
      lower: -0.125,
      upper: 0.25,
      status: 'PERTURBED',
    });
  });

  it('has no upper bound when the divisor may be nothing', () => {
    const moved: Cell = { display: '2', value: 2, lower: 0, upper: 4, status: 'PERTURBED' };
    expect(combineCells('RATIO', published(8), moved, 'COUNT').cell).toMatchObject({
      value: 4,
      lower: 2,
      upper: null,
    });
  });
});
