import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastPresences } from './capacity-forecast.ts';

const year = Array.from({ length: 12 }, () => 10);
const cohort = (entered: number, stillPresent: number, ageInMonths: number) => ({
  entered,
  stillPresent,
  ageInMonths,
});

describe('the forecast of presences', () => {
  it('finds the share that leaves in a month from who is left', () => {
    const forecast = forecastPresences(
      { present: 100, monthlyEntries: year, cohorts: [cohort(1_000, 1_000 * 0.9 ** 12, 12)] },
      1,
    );
    expect(forecast?.exitRate).toBeCloseTo(0.1, 6);
    expect(forecast?.months[0]?.expected).toBeCloseTo(100, 4);
  });

  it('stays where as many come as leave, and widens with every month', () => {
    const cohorts = [cohort(1_000, 1_000 * 0.9 ** 12, 12)];
    const entries = [...year.slice(0, 6), 14, 6, 12, 8, 13, 7];
    const months = forecastPresences({ present: 100, monthlyEntries: entries, cohorts }, 6)?.months;
    expect(months?.every(({ expected }) => Math.abs(expected - 100) < 0.01)).toBe(true);
    const widths = months?.map(({ lower, upper }) => upper - lower) ?? [];
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
  });

  it('is none without half a year of entries, or without anybody who entered', () => {
    const cohorts = [cohort(10, 5, 12)];
    expect(forecastPresences({ present: 9, monthlyEntries: [1, 2, 3], cohorts }, 3)).toBeNull();
    expect(
      forecastPresences({ present: 9, monthlyEntries: year, cohorts: [cohort(0, 0, 12)] }, 3),
    ).toBeNull();
  });

  it('is a finite number of people or none, whatever it starts from', () => {
    const count = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(
        count,
        fc.array(count, { minLength: 6, maxLength: 12 }),
        fc.array(
          fc.record({
            entered: count,
            stillPresent: count,
            ageInMonths: fc.integer({ min: 1, max: 36 }),
          }),
        ),
        (present, monthlyEntries, cohorts) => {
          const forecast = forecastPresences({ present, monthlyEntries, cohorts }, 12);
          for (const { expected, lower, upper } of forecast?.months ?? []) {
            expect([expected, lower, upper].every(Number.isFinite)).toBe(true);
            expect(lower).toBeGreaterThanOrEqual(0);
            expect(lower).toBeLessThanOrEqual(expected);
            expect(upper).toBeGreaterThanOrEqual(expected);
          }
        },
      ),
    );
  });
});
