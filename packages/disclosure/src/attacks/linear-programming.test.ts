import { beforeAll, describe, expect, it } from 'vitest';
import { createDisclosure } from '../create-disclosure.ts';
import { type FeasibleInterval, feasibleIntervals } from './feasible-interval.ts';
import { mostHidden } from './neighbouring-questions.ts';
import { createProvince, type Dimensions, provinceDimensions, SECRET } from './province.fixture.ts';
import { everyTable, type TableCell } from './tables.fixture.ts';

/** The attacker knows every table, the method with all its numbers, and which categories exist; not the secret. */
const provinces: readonly {
  readonly what: string;
  readonly people: number;
  readonly dimensions: readonly string[];
}[] = [
  {
    what: 'the people in reception, four dimensions',
    people: 1_500,
    dimensions: ['district', 'year', 'hasOpenPlan', 'receptionType'],
  },
  {
    what: 'the people followed, yes-or-no dimensions (the easiest to subtract)',
    people: 1_500,
    dimensions: ['district', 'hasOpenPlan', 'hasHealthEvent', 'isReferred', 'hasTutor'],
  },
  {
    what: 'five years of immediate receptions, a sensitive dimension among them',
    people: 198,
    dimensions: ['district', 'year', 'hasOpenPlan', 'vulnerability'],
  },
];
const yesOrNo: Dimensions = {
  hasHealthEvent: [0.9, 0.1],
  isReferred: [0.96, 0.04],
  hasTutor: [0.8, 0.2],
};
/** Cells taken of each province, the coarsest first: a solver takes its time. */
const TARGETS = 16;

const disclosure = createDisclosure({}, SECRET);

// What an attacker learns: of a cell printed "<7" that it has at most 14 people, rarely at most 8; never that
// it has nobody, somebody, or exactly so many.
describe.each(provinces)('somebody with a linear program over all tables of $what', (province) => {
  let hidden: readonly TableCell[] = [];
  let intervals: readonly FeasibleInterval[] = [];

  beforeAll(async () => {
    const all: Dimensions = { ...provinceDimensions, ...yesOrNo };
    const dimensions = Object.fromEntries(
      province.dimensions.map((name) => [name, all[name] ?? []]),
    );
    const people = createProvince(province.people, 31, dimensions);
    const cells = everyTable(people, dimensions, disclosure);
    const suppressed = cells
      .filter(({ published }) => published.value === null)
      .sort((one, other) => Object.keys(one.asked).length - Object.keys(other.asked).length);
    const every = Math.ceil(suppressed.length / TARGETS);
    hidden = suppressed.filter((_, at) => at % every === 0);
    intervals = await feasibleIntervals(
      dimensions,
      cells.map((cell) => ({
        asked: cell.asked,
        lower: cell.published.lower ?? 0,
        upper: cell.published.upper ?? mostHidden(cell),
      })),
      hidden.map(({ asked }) => asked),
    );
  });

  it('has cells to go for', () => {
    expect(hidden.length).toBeGreaterThan(7);
  });

  it('is never told something untrue: the method stands by its bounds', () => {
    for (const [at, { people }] of hidden.entries()) {
      expect(people.count).toBeGreaterThanOrEqual(intervals[at]?.lower ?? Number.NaN);
      expect(people.count).toBeLessThanOrEqual(intervals[at]?.upper ?? Number.NaN);
    }
  });

  it('is left with at least as many possible counts as the threshold for every hidden cell', () => {
    for (const [at, { rules }] of hidden.entries()) {
      const { lower, upper } = intervals[at] ?? { lower: 0, upper: -1 };
      expect(upper - lower + 1).toBeGreaterThanOrEqual(rules.sensitivity === 'SENSITIVE' ? 10 : 5);
    }
  });
});
