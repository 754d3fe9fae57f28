import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { perturbationTable } from '../perturbation-table.ts';
import { differences } from './neighbouring-questions.ts';
import { createProvince, provinceDimensions, SECRET } from './province.fixture.ts';
import { contributors, everyTable, rulesOf } from './tables.fixture.ts';

const disclosure = createDisclosure({}, SECRET);
const seeds = [21, 22, 23, 24];
const found = seeds.flatMap((seed) =>
  differences(everyTable(createProvince(1_500, seed), provinceDimensions, disclosure)),
);
const deviation = Math.sqrt(perturbationTable.variance);

// What an attacker learns: a guess that is off by 2.4 people on average at best, for cells printed as "<7" or "<12".
describe('somebody who subtracts neighbouring figures (±1 category, ±1 period, complement)', () => {
  it('finds hundreds of rows in which one cell only is hidden', () => {
    expect(found.length).toBeGreaterThan(100);
  });

  it('is left with at least as many possible counts as the threshold, always with the true one among them', () => {
    for (const { hidden, lower, upper } of found) {
      const threshold = hidden.rules.sensitivity === 'SENSITIVE' ? 10 : 5;
      expect(hidden.people.count).toBeGreaterThanOrEqual(lower);
      expect(hidden.people.count).toBeLessThanOrEqual(upper);
      expect(upper - lower + 1).toBeGreaterThanOrEqual(threshold);
    }
  });

  it('guesses no better than two independent deviations allow', () => {
    const squared = found.map(({ guess, hidden }) => (guess - hidden.people.count) ** 2);
    const error = Math.sqrt(squared.reduce((sum, square) => sum + square, 0) / squared.length);
    expect(error).toBeGreaterThan(deviation * Math.SQRT2 * 0.95);
  });
});

// What an attacker learns: the same as from one figure, since the union is a set with a deviation of its own.
describe('somebody who asks a union, its parts and its complement', () => {
  it('sees sums that disagree by more than any one figure is moved', () => {
    const gaps = seeds.flatMap((seed) => {
      const people = createProvince(1_500, seed);
      const figure = (categories: readonly number[]): number =>
        disclosure.contributors(
          contributors(people.filter(({ of }) => categories.includes(of['district'] ?? -1))),
          rulesOf(['district']),
        ).value ?? Number.NaN;
      return [
        figure([0, 1]) - figure([0]) - figure([1]),
        figure([0, 1, 2, 3]) - figure([0]) - figure([1, 2, 3]),
        figure([2, 3]) - figure([2]) - figure([3]),
      ];
    });
    expect(gaps.every(Number.isFinite)).toBe(true);
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + gap ** 2, 0) / gaps.length);
    expect(spread).toBeGreaterThan(deviation);
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThanOrEqual(
      3 * perturbationTable.maximumDeviation,
    );
  });
});
