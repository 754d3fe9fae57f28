import { describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { createProvince, provinceDimensions, SECRET } from './province.fixture.ts';
import { seeded } from './seeded.fixture.ts';
import { contributors, everyTable, rulesOf, table } from './tables.fixture.ts';

const people = createProvince(1_500, 11);
const disclosure = createDisclosure({}, SECRET);
const inParma = people.filter(({ of }) => of['district'] === 0);
const fewInParma = inParma.slice(0, 100);

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const random = seeded(seed);
  return list
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

// What an attacker learns: the figure they already have, and nothing to average.
describe('somebody who asks the same again', () => {
  it('gets one figure under a thousand aliases, whatever order the rows come in', () => {
    const figures = Array.from({ length: 1_000 }, (_, alias) =>
      disclosure.contributors(contributors(shuffled(fewInParma, alias)), rulesOf(['district'])),
    );
    expect(new Set(figures.map(({ display }) => display)).size).toBe(1);
  });

  it('gets one figure under every grouping that reaches the same people', () => {
    const wanted = disclosure.contributors(contributors(inParma), rulesOf([]));
    const where = disclosure.contributors(
      contributors(people.filter(({ of }) => of['district'] === 0)),
      rulesOf([]),
    );
    const grouped = table(people, provinceDimensions, ['district'], disclosure)[0]?.published;
    // A second dimension that says nothing new selects the same people by another road.
    const twice = people.map((person) => ({
      ...person,
      of: { ...person.of, province: 0 },
    }));
    const widened = table(
      twice,
      { ...provinceDimensions, province: [1] },
      ['province', 'district'],
      disclosure,
    )[0]?.published;
    expect([where, grouped, widened]).toEqual([wanted, wanted, wanted]);
  });

  it('gets the same tables after every reload and restart with unchanged data', () => {
    const first = everyTable(people, provinceDimensions, disclosure).map((cell) => cell.published);
    for (const reload of [1, 2, 3]) {
      const again = everyTable(
        shuffled(people, reload),
        provinceDimensions,
        createDisclosure({}, SECRET),
      );
      expect(again.map((cell) => cell.published)).toEqual(first);
    }
  });

  it('learns nothing from a colleague: two analysts hold the same figures', () => {
    const mine = everyTable(people, provinceDimensions, createDisclosure({}, SECRET));
    const theirs = everyTable(people, provinceDimensions, createDisclosure({}, SECRET));
    const together = new Set(
      [...mine, ...theirs].map(({ asked, published }) => JSON.stringify([asked, published])),
    );
    expect(together.size).toBe(mine.length);
  });
});
