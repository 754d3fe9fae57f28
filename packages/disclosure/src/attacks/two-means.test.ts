import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { quantileGrid } from '../quantile-grid.ts';
import { createProvince, type Inhabitant, SECRET } from './province.fixture.ts';
import { contributors, rulesOf } from './tables.fixture.ts';
import { valueFromTwoMeans } from './two-means.ts';

const disclosure = createDisclosure({}, SECRET);
const attempts = Array.from({ length: 1_000 }, (_, seed) => {
  const [target, ...others] = createProvince(11 + (seed % 40), 9_000 + seed);
  if (!target) throw new Error('a province has people');
  return { target, others };
});

// What an attacker learns: a guess of one value that is usually off by more than the value itself.
describe('somebody who takes one value out of two means', () => {
  const recovered = attempts.flatMap(({ target, others }) => {
    const value = valueFromTwoMeans(target, others, disclosure);
    return value === null ? [] : [Math.abs(value - target.hours) / target.hours];
  });

  it('gets within a tenth of the value in fewer than one case in ten', () => {
    expect(recovered.length).toBeGreaterThan(500);
    expect(recovered.filter((error) => error <= 0.1).length / recovered.length).toBeLessThan(0.1);
  });

  it('is off by the whole value or more half of the time', () => {
    const sorted = recovered.toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThan(1);
  });
});

// What an attacker learns: a weak hint on which side of the median the person is, never how far from it.
describe('somebody who compares the median with and without one person', () => {
  const median = (people: readonly Inhabitant[]): number | null => {
    const hours = people.map((person) => person.hours).sort((one, other) => one - other);
    const around = quantileGrid(50).map(
      (p) => hours[Math.max(0, Math.ceil(p * hours.length) - 1)] ?? 0,
    );
    return disclosure.quantile(contributors(people), { percent: 50, around, step: 1 }, rulesOf([]))
      .value;
  };

  it('tells on which side of it the person lies with an advantage of 0.35 at most', () => {
    const sides = attempts.flatMap(({ target, others }) => {
      const [before, after] = [median(others), median([target, ...others])];
      if (before === null || after === null || before === after || before === target.hours) {
        return [];
      }
      return [{ isAbove: target.hours > before, rose: after > before }];
    });
    const rate = (isAbove: boolean): number => {
      const some = sides.filter((side) => side.isAbove === isAbove);
      return some.filter(({ rose }) => rose).length / some.length;
    };
    expect(sides.length).toBeGreaterThan(300);
    expect(Math.abs(rate(true) - rate(false))).toBeLessThan(0.35);
  });
});
