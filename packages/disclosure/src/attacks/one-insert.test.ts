import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { createProvince, SECRET } from './province.fixture.ts';
import { contributors, rulesOf } from './tables.fixture.ts';

const disclosure = createDisclosure({}, SECRET);
const figure = (people: ReturnType<typeof createProvince>): number | null =>
  disclosure.contributors(contributors(people), rulesOf([])).value;

const pairs = Array.from({ length: 2_000 }, (_, seed) => {
  const people = createProvince(12 + (seed % 30), seed);
  return { before: figure(people.slice(1)), after: figure(people) };
}).filter(({ before, after }) => before !== null && after !== null);

// What an attacker learns: that the set changed. Whether somebody came or went they guess right two times in three.
describe('somebody who compares a figure before and after one person', () => {
  it('sees a figure that moved by more than the person, either way', () => {
    const moves = pairs.map(({ before, after }) => (after ?? 0) - (before ?? 0));
    const spread = Math.sqrt(moves.reduce((sum, move) => sum + (move - 1) ** 2, 0) / moves.length);
    expect(spread).toBeGreaterThan(2.2);
    expect(moves.filter((move) => move < 0).length / moves.length).toBeGreaterThan(0.2);
  });

  it('guesses whether the person came or went with an advantage of 0.35 at most', () => {
    const up = pairs.filter(({ before, after }) => (after ?? 0) > (before ?? 0)).length;
    const down = pairs.filter(({ before, after }) => (after ?? 0) < (before ?? 0)).length;
    // Came: the figure rises as often as here. Went: the same pairs read backwards.
    expect((up - down) / pairs.length).toBeLessThan(0.35);
  });
});
