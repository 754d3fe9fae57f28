import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { MAXIMUM_DIMENSIONS } from '../rules.ts';
import { advantageOfOneFigure, evidenceOfPresence } from './presence.ts';
import { createProvince, provinceDimensions, SECRET } from './province.fixture.ts';
import { combinations, contributors, rulesOf } from './tables.fixture.ts';

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
    const people = createProvince(1_500, 4_000, dimensions);
    const questions = combinations(names, MAXIMUM_DIMENSIONS);
    const guesses = people.slice(0, 150).flatMap((target) => {
      const others = people.filter((person) => person !== target);
      const sets = questions.map((asked) =>
        others.filter(({ of }) => asked.every((name) => of[name] === target.of[name])),
      );
      const guess = (isThere: boolean): boolean =>
        evidenceOfPresence(
          sets.map((set) => ({
            others: set.length,
            published: disclosure.contributors(
              contributors(isThere ? [...set, target] : set),
              rulesOf([]),
            ).value,
            threshold: 5,
          })),
        ) > 0;
      return [
        { there: true, guess: guess(true) },
        { there: false, guess: guess(false) },
      ];
    });
    // Far above nothing: a bound that this attack stayed well under would be a mistake in the attack.
    expect(advantage(guesses)).toBeGreaterThan(0.4);
    expect(advantage(guesses)).toBeLessThan(0.9);
  });
});

// What an attacker learns: what is usual among people like the target, no more about the target than about others.
describe('somebody who knows where a person is, and wants to know one more thing about them', () => {
  it('guesses it with an advantage of 0.2 at most from every table with it', () => {
    const known = ['district', 'year', 'receptionType'];
    const pool = createProvince(6_000, 6_000, dimensions);
    const guesses = Array.from({ length: 400 }, (_, at) => {
      const [target, ...others] = pool.slice(at * 13, at * 13 + 500);
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
