import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { averagedEstimate } from './averaging.ts';
import { createProvince, provinceDimensions, SECRET } from './province.fixture.ts';
import { everyTable } from './tables.fixture.ts';

const disclosure = createDisclosure({}, SECRET);
const errors = [41, 42, 43, 44].flatMap((seed) => {
  const cells = everyTable(createProvince(1_500, seed), provinceDimensions, disclosure);
  return cells
    .filter(({ asked, published }) => Object.keys(asked).length <= 1 && published.value !== null)
    .map((cell) => ({
      one: (cell.published.value ?? 0) - cell.people.count,
      averaged: averagedEstimate(cell, cells).estimate - cell.people.count,
    }));
});
const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

// What an attacker learns: large margins to about one person, from hundreds of tables; stated in the README.
describe('somebody who averages a margin over every table that adds up to it', () => {
  it('gets nearer than one figure is, but not to the person', () => {
    expect(errors.length).toBeGreaterThan(60);
    const averaged = rootMeanSquare(errors.map((error) => error.averaged));
    expect(averaged).toBeLessThan(rootMeanSquare(errors.map((error) => error.one)));
    expect(averaged).toBeGreaterThan(0.75);
    // Rounding the average to a whole person finds the true count less often than this.
    const exact = errors.filter((error) => Math.abs(error.averaged) < 0.5).length;
    expect(exact / errors.length).toBeLessThan(0.5);
  });
});
