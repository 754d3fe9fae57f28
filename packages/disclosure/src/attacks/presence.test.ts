import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { advantageOfOneFigure, evidenceOfPresence } from './presence.ts';
import { createProvince, type Inhabitant, provinceDimensions, SECRET } from './province.fixture.ts';
import { contributors, everyTable, rulesOf, type TableCell } from './tables.fixture.ts';

const disclosure = createDisclosure({}, SECRET);
const names = ['district', 'year', 'receptionType', 'hasOpenPlan'];
const dimensions = Object.fromEntries(names.map((name) => [name, provinceDimensions[name] ?? []]));

/** How often the guess says "there" of those who are, less how often of those who are not. */
function advantage(
  guesses: readonly { readonly there: boolean; readonly guess: boolean }[],
): number {
  const rate = (there: boolean): number => {
    const asked = guesses.filter((one) => one.there === there);
    return asked.filter(({ guess }) => guess).length / asked.length;
  };
  return rate(true) - rate(false);
}

// What an attacker learns: little, even if they know everybody else in the set.
describe('somebody who looks at one figure and knows everybody else in it', () => {
  it('tells whether one person is there with an advantage of 0.24 at most, at every size and threshold', () => {
    for (const threshold of [3, 5, 8, 10, 20]) {
      for (let others = 0; others < 60; others += 1) {
        expect(advantageOfOneFigure(others, threshold)).toBeLessThanOrEqual(0.24);
      }
    }
  });

  it('finds nothing under the threshold', () => {
    for (let others = 0; others < 4; others += 1) expect(advantageOfOneFigure(others, 5)).toBe(0);
  });
});

// What an attacker learns: whether the person is there, mostly. Stated as not guaranteed in the README.
describe('somebody who knows the whole province but one person, and takes all tables together', () => {
  it('has the advantage that the README publishes, no more', () => {
    const guesses = Array.from({ length: 40 }, (_, seed) => {
      const people = createProvince(1_500, 4_000 + seed, dimensions);
      const target = people[0];
      const seen = (world: readonly Inhabitant[]): readonly TableCell[] =>
        everyTable(world, dimensions, disclosure).filter(({ asked }) =>
          Object.entries(asked).every(([name, value]) => target?.of[name] === value),
        );
      const without = seen(people.slice(1));
      const guess = (cells: readonly TableCell[]): boolean =>
        evidenceOfPresence(
          cells.map(({ published }, at) => ({
            others: without[at]?.people.count ?? 0,
            published: published.value,
            threshold: 5,
          })),
        ) > 0;
      return [
        { there: true, guess: guess(seen(people)) },
        { there: false, guess: guess(without) },
      ];
    }).flat();
    expect(advantage(guesses)).toBeLessThan(0.9);
  });
});

// What an attacker learns: what is usual among people like the target, no more about the target than about others.
describe('somebody who knows where a person is, and wants to know one more thing about them', () => {
  it('guesses it with an advantage of 0.2 at most from every table with it', () => {
    const known = ['district', 'year', 'receptionType'];
    const guesses = Array.from({ length: 400 }, (_, seed) => {
      const [target, ...others] = createProvince(500, 6_000 + seed, dimensions);
      if (!target) return [];
      return [0, 1].map((hasOpenPlan) => {
        const people = [{ ...target, of: { ...target.of, hasOpenPlan } }, ...others];
        const excess = known.flatMap((leftOut) => {
          const like = known.filter((name) => name !== leftOut);
          const set = people.filter(({ of }) => like.every((name) => of[name] === target.of[name]));
          const share = disclosure.share(
            contributors(set.filter(({ of }) => of['hasOpenPlan'] === 1)),
            contributors(set),
            rulesOf(names),
          ).value;
          return share === null ? [] : [share - 0.38];
        });
        const sum = excess.reduce((total, one) => total + one, 0);
        return { there: hasOpenPlan === 1, guess: sum > 0 };
      });
    }).flat();
    expect(advantage(guesses)).toBeLessThan(0.2);
  });
});
