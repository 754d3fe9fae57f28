import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from './cell.ts';
import type { Contributors } from './contributors.ts';
import { createDisclosure } from './create-disclosure.ts';
import { perturbationTable } from './perturbation-table.ts';
import { quantileGrid, quantilePercents } from './quantile-grid.ts';
import { FLOOR } from './rules.ts';

const SECRET = 'an invented secret for tests of disclosure control';
const D = perturbationTable.maximumDeviation;
const KEYS = 2 ** 32;

const key = fc.integer({ min: 0, max: KEYS - 1 });
const set = (max = 400): fc.Arbitrary<Contributors> =>
  fc.record({ count: fc.integer({ min: 0, max }), key });
const figureRules = fc.record({
  sensitivity: fc.constantFrom('ORDINARY' as const, 'SENSITIVE' as const),
  ownerThreshold: fc.integer({ min: 0, max: 30 }),
});
const configuration = fc.record({
  threshold: fc.integer({ min: 3, max: 30 }),
  sensitiveThreshold: fc.integer({ min: 10, max: 30 }),
  dominance: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
});
const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 80,
});
const applying = (
  config: { threshold: number; sensitiveThreshold: number },
  rules: { sensitivity: string; ownerThreshold: number },
): number =>
  Math.max(
    config.threshold,
    rules.ownerThreshold,
    rules.sensitivity === 'SENSITIVE' ? config.sensitiveThreshold : 0,
  );

function expectWithin(truth: number, { value, lower, upper }: Cell): void {
  // The last digits of fractions are the computer's, not the method's.
  const slack = 1e-9 * Math.max(1, Math.abs(truth));
  if (value === null) return;
  expect(truth).toBeGreaterThanOrEqual((lower ?? Number.NaN) - slack);
  expect(truth).toBeLessThanOrEqual((upper ?? Number.NaN) + slack);
}

describe('a published figure, whatever the data and the configuration', () => {
  it('has the true count within its bounds, and neither under the threshold', () => {
    fc.assert(
      fc.property(configuration, set(), figureRules, (config, of, rules) => {
        const cell = createDisclosure(config, SECRET).contributors(of, rules);
        const threshold = applying(config, rules);
        expectWithin(of.count, cell);
        if (of.count < threshold) expect(cell.status).toBe('SUPPRESSED_PRIMARY');
        if (cell.value === null) return;
        expect(Math.min(cell.value, cell.lower ?? 0)).toBeGreaterThanOrEqual(threshold);
        expect(Math.abs(cell.value - of.count)).toBeLessThanOrEqual(D);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says of every set under the floor the same as of an empty one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: FLOOR - 1 }), key, (count, ofKey) => {
        const disclosure = createDisclosure({ threshold: FLOOR }, SECRET);
        const empty = { count: 0, key: 0 };
        const few = { count, key: count === 0 ? 0 : ofKey };
        const rules = { sensitivity: 'ORDINARY' as const };
        expect(disclosure.contributors(few, rules)).toEqual(disclosure.contributors(empty, rules));
        expect(
          disclosure.events(few, { events: 40 * count, largest: 40 * Math.min(1, count) }, rules),
        ).toEqual(disclosure.events(empty, { events: 0, largest: 0 }, rules));
        const mean = { sum: 40, largest: [30, 10], step: 1 };
        expect(disclosure.mean(few, mean, rules)).toEqual(disclosure.mean(empty, mean, rules));
      }),
    );
  });

  it('has the true number of events within its bounds, at least one each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 120 }),
        key,
        figureRules,
        (each, ofKey, rules) => {
          const events = each.reduce((sum, one) => sum + one, 0);
          const of = { count: each.length, key: each.length === 0 ? 0 : ofKey };
          const disclosure = createDisclosure({}, SECRET);
          const cell = disclosure.events(of, { events, largest: Math.max(0, ...each) }, rules);
          expectWithin(events, cell);
          if (cell.value !== null) {
            expect(cell.value).toBeGreaterThanOrEqual(
              disclosure.contributors(of, rules).value ?? 0,
            );
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('has the true share within its bounds, and a share between 0 and 1, also where one side is hidden', () => {
    fc.assert(
      fc.property(set(200), set(200), figureRules, (part, rest, rules) => {
        const whole = { count: part.count + rest.count, key: (part.key + rest.key) % KEYS };
        const cell = createDisclosure({}, SECRET).share(part, whole, rules);
        expectWithin(whole.count === 0 ? 0 : part.count / whole.count, cell);
        if (cell.lower !== null && whole.count > 0) {
          expect(part.count / whole.count).toBeGreaterThanOrEqual(cell.lower);
          expect(part.count / whole.count).toBeLessThanOrEqual(cell.upper ?? Number.NaN);
        }
        for (const share of [cell.value, cell.lower, cell.upper]) {
          expect(share ?? 0).toBeGreaterThanOrEqual(0);
          expect(share ?? 0).toBeLessThanOrEqual(1);
        }
        if (Math.min(part.count, rest.count) < 5) expect(cell.value).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the true mean within its bounds and needs eight contributors', () => {
    fc.assert(
      fc.property(values, key, fc.constantFrom(0.1, 0.5, 1, 30), (each, ofKey, step) => {
        const sum = each.reduce((total, one) => total + one, 0);
        const largest = each.toSorted((one, other) => Math.abs(other) - Math.abs(one)).slice(0, 5);
        const cell = createDisclosure({}, SECRET).mean(
          { count: each.length, key: ofKey },
          { sum, largest: each.length === 1 ? [...largest, 0] : largest, step },
          { sensitivity: 'ORDINARY' },
        );
        expectWithin(sum / each.length, cell);
        if (each.length < 8) expect(cell.value).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one of the quantiles it was given, rounded, and never one of a tail of fewer than three', () => {
    fc.assert(
      fc.property(
        set(120),
        fc.constantFrom(...quantilePercents),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 5, maxLength: 5 }),
        (of, percent, unsorted) => {
          const around = unsorted.toSorted((one, other) => one - other);
          const cell = createDisclosure({}, SECRET).quantile(
            of,
            { percent, around, step: 1 },
            { sensitivity: 'ORDINARY' },
          );
          const grid = quantileGrid(percent);
          const tail = of.count * Math.min(grid[0] ?? 0, 1 - (grid.at(-1) ?? 1));
          if (cell.value === null) return;
          expect(around).toContain(cell.value);
          expect(tail).toBeGreaterThanOrEqual(FLOOR - 1e-9);
          expect(of.count).toBeGreaterThanOrEqual(10);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is the same for the same set, whatever was asked before', () => {
    fc.assert(
      fc.property(
        fc.array(set(60), { minLength: 1, maxLength: 30 }),
        figureRules,
        (sets, rules) => {
          const forwards = createDisclosure({}, SECRET);
          const backwards = createDisclosure({}, SECRET);
          const first = sets.map((of) => forwards.contributors(of, rules));
          const second = sets
            .toReversed()
            .map((of) => backwards.contributors(of, rules))
            .toReversed();
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('differs from the sum of its parts by D for each figure at most', () => {
    fc.assert(
      fc.property(fc.array(set(60), { minLength: 1, maxLength: 8 }), (parts) => {
        const disclosure = createDisclosure({}, SECRET);
        const rules = { sensitivity: 'ORDINARY' as const };
        const total = disclosure.contributors(
          {
            count: parts.reduce((sum, { count }) => sum + count, 0),
            key: parts.reduce((sum, part) => (sum + part.key) % KEYS, 0),
          },
          rules,
        ).value;
        const values = parts.map((part) => disclosure.contributors(part, rules).value);
        if (total === null || values.includes(null)) return;
        const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0);
        expect(Math.abs(total - sum)).toBeLessThanOrEqual(D * (parts.length + 1));
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows a stricter owner no less than a stricter configuration would', () => {
    fc.assert(
      fc.property(set(60), fc.integer({ min: 5, max: 40 }), (of, threshold) => {
        expect(
          createDisclosure({}, SECRET).contributors(of, {
            sensitivity: 'ORDINARY',
            ownerThreshold: threshold,
          }),
        ).toEqual(
          createDisclosure({ threshold }, SECRET).contributors(of, { sensitivity: 'ORDINARY' }),
        );
      }),
    );
  });
});
