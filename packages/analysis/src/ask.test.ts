import { createDisclosure } from '@tavolo/disclosure';
import type { FactRow } from '@tavolo/facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnalysisError } from './analysis-error.ts';
import type { FactStore } from './fact-store.ts';
import type { AnalysisQuestion, DimensionValue, FigureRequest, Period } from './question.ts';
import { openTestStore, origin } from './testing/open-test-store.ts';
import { pagesOf, stay, stays } from './testing/stays-fact.ts';
import { createTransparentDisclosure } from './testing/transparent-disclosure.ts';

const question = (asked: Partial<AnalysisQuestion> = {}): AnalysisQuestion => ({
  fact: 'stays',
  where: {},
  groupBy: [],
  period: null,
  ...asked,
});
const count: FigureRequest = { kind: 'CONTRIBUTORS' };

async function values(
  store: FactStore,
  asked: Partial<AnalysisQuestion>,
  figures: readonly FigureRequest[] = [count],
) {
  const { cells } = await store.ask(question(asked), figures);
  return cells.map(({ key, figures: own }) => [key, ...own.map(({ value }) => value)]);
}

async function codeOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.catch((cause: unknown) => cause);
  return error instanceof AnalysisError ? error.code : `no AnalysisError: ${String(error)}`;
}

/** The same figures by the slowest road: a list, filtered. */
function naive(rows: readonly FactRow[], where: Readonly<Record<string, DimensionValue>>) {
  const inCell = rows.filter(({ values: of }) =>
    Object.entries(where).every(([name, value]) => (of[name] ?? null) === value),
  );
  const hours = new Map<string, number[]>();
  for (const { unitRef, values: of } of inCell) {
    if (typeof of['hours'] === 'number') {
      hours.set(unitRef, [...(hours.get(unitRef) ?? []), of['hours']]);
    }
  }
  const means = [...hours.values()].map((all) => all.reduce((a, b) => a + b, 0) / all.length);
  const units = new Set(inCell.map(({ unitRef }) => unitRef));
  const minors = new Set(
    inCell.filter(({ values: of }) => of['isMinor'] === true).map(({ unitRef }) => unitRef),
  );
  const of = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return [
    units.size,
    inCell.length,
    of(minors.size, units.size),
    of(
      means.reduce((a, b) => a + b, 0),
      means.length,
    ),
    median(means),
    of(means.filter((mean) => mean <= 12).length, means.length),
  ];
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

const allFigures: readonly FigureRequest[] = [
  count,
  { kind: 'EVENTS' },
  { kind: 'SHARE', of: { isMinor: true } },
  { kind: 'MEAN', measure: 'hours' },
  { kind: 'QUANTILE', measure: 'hours', percent: 50 },
  { kind: 'WITHIN', measure: 'hours', limit: 'WITHIN_12_HOURS' },
];

describe('a question', () => {
  it('has the figures that counting by hand has, whatever it filters and groups by', async () => {
    const row = fc.record({
      unitRef: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      values: fc.record({
        district: fc.constantFrom('NORTH', "SOUTH'S", null),
        isMinor: fc.constantFrom(true, false, null),
        services: fc.constantFrom(1, 2, null),
        hours: fc.option(fc.integer({ min: -4, max: 40 })),
        startedAt: fc.constant('2024-05-10T08:00:00Z'),
      }),
    });
    const filter = fc.constantFrom<[string, DimensionValue]>(
      ['district', 'NORTH'],
      ['district', null],
      ['services', 2],
      ['services', null],
    );
    const store = await openTestStore();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), filter, async (rows, [name, value]) => {
        await store.load(stays, pagesOf(rows), origin);
        const groupBy = name === 'district' ? 'services' : 'district';
        const { cells, total } = await store.ask(
          question({ where: { [name]: value }, groupBy: [groupBy] }),
          allFigures,
        );
        for (const { key, figures } of cells) {
          const expected = naive(rows, { [name]: value, ...key });
          for (const [at, cell] of figures.entries()) {
            expect(cell.value).toBeCloseTo(expected[at] ?? Number.NaN, 5);
          }
        }
        for (const [at, cell] of total.entries()) {
          expect(cell.value).toBeCloseTo(naive(rows, { [name]: value })[at] ?? Number.NaN, 5);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('lists declared values nobody has, and the empty value where somebody has it', async () => {
    const store = await openTestStore();
    await store.load(stays, pagesOf([stay('a'), stay('b', { isMinor: true })]), origin);
    expect(await values(store, { groupBy: ['district'] })).toEqual([
      [{ district: 'NORTH' }, 2],
      [{ district: "SOUTH'S" }, 0],
    ]);
    expect(await values(store, { groupBy: ['isMinor'] })).toEqual([
      [{ isMinor: true }, 1],
      [{ isMinor: false }, 0],
      [{ isMinor: null }, 1],
    ]);
  });

  it('never lists a town, or a year, that too few are behind', async () => {
    const secret = 'an invented secret of the tests, long enough';
    const store = await openTestStore({
      disclosure: createDisclosure({}, secret),
      recordKeySecret: secret,
    });
    const crowd = Array.from({ length: 40 }, (_, at) => stay(`p${at}`, { town: 'Bigtown' }));
    const alone = stay('q', { town: 'Hamlet', startedAt: '2011-01-10T08:00:00Z' });
    await store.load(stays, pagesOf([...crowd, alone]), origin);
    const towns = await store.ask(question({ groupBy: ['town'] }), [count]);
    expect(towns.cells.map(({ key }) => key)).toEqual([{ town: 'Bigtown' }]);
    const years = await store.ask(question({ groupBy: ['year'] }), [count]);
    expect(years.cells.map(({ key }) => key)).toEqual([{ year: 2024 }]);
  });

  it('gives a set of people one figure, in whatever order threads added it up', async () => {
    const sums = new Set<string>();
    const disclosure = {
      ...createTransparentDisclosure(),
      mean: (_of: unknown, { sum, largest }: { sum: number; largest: readonly number[] }) => {
        sums.add(JSON.stringify([sum, largest]));
        return { display: '', value: sum, lower: null, upper: null, status: 'PERTURBED' as const };
      },
    };
    // Enough for two threads: one takes 122,880 rows at a time.
    const rows = Array.from({ length: 130_000 }, (_, at) => ({
      unitRef: `p${at % 50_000}`,
      values: { district: 'NORTH', hours: (at * 7.77) % 101 },
    }));
    for (let time = 0; time < 2; time += 1) {
      const store = await openTestStore({ disclosure });
      await store.load(stays, pagesOf(time === 0 ? rows : [...rows].reverse()), origin);
      await store.ask(question(), [{ kind: 'MEAN', measure: 'hours' }]);
    }
    expect(sums.size).toBe(1);
  }, 60_000);

  it('never loaded, has no figures and says so', async () => {
    const store = await openTestStore();
    const table = await store.ask(question({ groupBy: ['district'] }), [count]);
    expect(table.cells).toEqual([]);
    expect(table.total.map(({ status }) => status)).toEqual(['NOT_AVAILABLE']);
    expect(table.state.loadedAt).toBeNull();
  });

  it('divided by nothing, has no value instead of an endless one', async () => {
    const store = await openTestStore();
    const rows = [stay('a', { services: 0 }), stay('b', { services: 2 })];
    await store.load(stays, pagesOf(rows), origin);
    const { total } = await store.ask(question(), [{ kind: 'MEAN', measure: 'hoursAService' }]);
    expect(total[0]?.value).toBe(5);
  });

  it('asked by twenty at once is computed once, and all get the same', async () => {
    const disclosure = createTransparentDisclosure();
    const store = await openTestStore({ disclosure });
    await store.load(stays, pagesOf([stay('a'), stay('b')]), origin);
    const tables = await Promise.all(
      Array.from({ length: 20 }, () => store.ask(question({ groupBy: ['district'] }), [count])),
    );
    expect(new Set(tables.map((table) => JSON.stringify(table))).size).toBe(1);
    // Two listed by themselves, two cells and the total.
    expect(disclosure.asked.length).toBeLessThanOrEqual(5);
  });

  it('waits in a queue that has an end', async () => {
    const store = await openTestStore({ limits: { concurrency: 1, queue: 1 } });
    await store.load(stays, pagesOf([stay('a')]), origin);
    const asked = await Promise.allSettled(
      ['NORTH', null].flatMap((district) =>
        [{}, { services: 1 }, { isMinor: true }, { isOpen: true }].map((where) =>
          store.ask(question({ where: { district, ...where } }), [count]),
        ),
      ),
    );
    const refused = asked.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(await values(store, { groupBy: ['district'] })).toHaveLength(2);
  });
});

describe('periods', () => {
  // Summer time began on 31 March 2024 and ended on 27 October 2024.
  const moments = {
    '2023-12-31T22:59:59Z': { year: 2023, quarter: 4, month: 12 },
    '2023-12-31T23:00:00Z': { year: 2024, quarter: 1, month: 1 },
    '2024-03-31T21:59:59Z': { year: 2024, quarter: 1, month: 3 },
    '2024-03-31T22:00:00Z': { year: 2024, quarter: 2, month: 4 },
    '2024-10-31T22:59:59Z': { year: 2024, quarter: 4, month: 10 },
    '2024-10-31T23:00:00+00:00': { year: 2024, quarter: 4, month: 11 },
    '2024-06-30T23:30:00-02:00': { year: 2024, quarter: 3, month: 7 },
  };

  it.each(Object.entries(moments))(
    'place %s in the month it is in Italy',
    async (startedAt, at) => {
      const store = await openTestStore();
      await store.load(stays, pagesOf([stay('a', { startedAt })]), origin);
      const { year, quarter, month } = at;
      const periods: Period[] = [{ year }, { year, quarter }, { year, month }];
      for (const period of periods) {
        const { total } = await store.ask(question({ period }), [count]);
        expect(total[0]?.value).toBe(1);
      }
      const { total } = await store.ask(
        question({ period: { year, month: month === 12 ? 1 : month + 1 } }),
        [count],
      );
      expect(total[0]?.value).toBe(0);
    },
  );

  it('are listed without a gap', async () => {
    const store = await openTestStore();
    const rows = [
      stay('a', { startedAt: '2023-11-10T08:00:00Z' }),
      stay('b', { startedAt: '2024-02-10T08:00:00Z' }),
      stay('c', { startedAt: null }),
    ];
    await store.load(stays, pagesOf(rows), origin);
    expect(await values(store, { groupBy: ['month'] })).toEqual([
      [{ year: 2023, month: 11 }, 1],
      [{ year: 2023, month: 12 }, 0],
      [{ year: 2024, month: 1 }, 0],
      [{ year: 2024, month: 2 }, 1],
      [{ year: null, month: null }, 1],
    ]);
    expect(await values(store, { groupBy: ['quarter'], period: { year: 2024 } })).toEqual([
      [{ year: 2024, quarter: 1 }, 1],
      [{ year: 2024, quarter: 2 }, 0],
      [{ year: 2024, quarter: 3 }, 0],
      [{ year: 2024, quarter: 4 }, 0],
    ]);
  });
});

describe('a question that may not be asked', () => {
  const month: Partial<AnalysisQuestion> = { period: { year: 2024, month: 2 } };
  const refusals: [string, Partial<AnalysisQuestion>, FigureRequest | null, string][] = [
    ['of no fact', { fact: 'nothing' }, null, 'UNKNOWN_FACT'],
    ['by no dimension', { groupBy: ['hours'] }, null, 'UNKNOWN_DIMENSION'],
    ['by the key of the records', { groupBy: ['record_key'] }, null, 'UNKNOWN_DIMENSION'],
    ['by a dimension twice', { groupBy: ['district', 'district'] }, null, 'UNKNOWN_DIMENSION'],
    ['where no dimension is', { where: { unit_ref: 'a' } }, null, 'UNKNOWN_DIMENSION'],
    ['where a word is none of its own', { where: { district: 'WEST' } }, null, 'WRONG_VALUE'],
    ['where a number is a word', { where: { services: '1' } }, null, 'WRONG_VALUE'],
    ['where yes is a word', { where: { isMinor: 'true' } }, null, 'WRONG_VALUE'],
    ['where a text has no end', { where: { town: 'x'.repeat(201) } }, null, 'WRONG_VALUE'],
    [
      'by four dimensions',
      { groupBy: ['district', 'services'], where: { isMinor: true }, ...month },
      null,
      'TOO_MANY_DIMENSIONS',
    ],
    [
      'by four dimensions, one in a share',
      { groupBy: ['district', 'services', 'year'] },
      { kind: 'SHARE', of: { isMinor: true } },
      'TOO_MANY_DIMENSIONS',
    ],
    ['by town and more', { groupBy: ['town'], where: { isOpen: true } }, null, 'ONE_WAY_DIMENSION'],
    ['by town in a month', { groupBy: ['town'], ...month }, null, 'ONE_WAY_DIMENSION'],
    [
      'by town with a share',
      { groupBy: ['town'] },
      { kind: 'SHARE', of: { isOpen: true } },
      'ONE_WAY_DIMENSION',
    ],
    [
      'in a month and a quarter',
      { period: { year: 2024, month: 2, quarter: 1 } },
      null,
      'WRONG_PERIOD',
    ],
    ['in a thirteenth month', { period: { year: 2024, month: 13 } }, null, 'WRONG_PERIOD'],
    ['for no measure', {}, { kind: 'MEAN', measure: 'services' }, 'UNKNOWN_MEASURE'],
    [
      'for a limit of its own',
      {},
      { kind: 'WITHIN', measure: 'hours', limit: 'toString' },
      'UNKNOWN_LIMIT',
    ],
    ['for the maximum', {}, { kind: 'QUANTILE', measure: 'hours', percent: 100 }, 'UNKNOWN_LIMIT'],
  ];

  it.each(refusals)('%s is refused by its rule', async (_title, asked, figure, code) => {
    const store = await openTestStore();
    expect(await codeOf(store.ask(question(asked), [figure ?? count]))).toBe(code);
  });

  it('is refused without repeating what was in it', async () => {
    const store = await openTestStore();
    const secret = 'Rossi"; DROP TABLE load_state; --';
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Partial<AnalysisQuestion>>(
          { where: { district: secret } },
          { where: { [secret]: 1 } },
          { groupBy: [secret] },
          { fact: secret },
        ),
        async (asked) => {
          const error = await store.ask(question(asked), [count]).catch((cause: unknown) => cause);
          expect(String(error)).not.toContain('Rossi');
        },
      ),
    );
  });

  it('takes any text of a town as text', async () => {
    const store = await openTestStore();
    const town = `'; DROP TABLE load_state; -- "`;
    await store.load(stays, pagesOf([stay('a', { town })]), origin);
    const { total } = await store.ask(question({ where: { town } }), [count]);
    expect(total[0]?.value).toBe(1);
  });

  it('with too many cells is refused before they are made', async () => {
    const store = await openTestStore({ limits: { cellsPerAnswer: 3 } });
    await store.load(
      stays,
      pagesOf([stay('a', { services: 1 }), stay('b', { services: 2 })]),
      origin,
    );
    expect(await codeOf(store.ask(question({ groupBy: ['district', 'services'] }), [count]))).toBe(
      'TOO_MANY_CELLS',
    );
  });
});

describe('the rules a figure is protected by', () => {
  const sensitive: [string, Partial<AnalysisQuestion>, FigureRequest][] = [
    ['grouping', { groupBy: ['isMinor'] }, count],
    ['filter', { where: { isMinor: true } }, count],
    ['share', {}, { kind: 'SHARE', of: { isMinor: true } }],
    ['measure', {}, { kind: 'MEAN', measure: 'hoursAService' }],
  ];
  it.each(sensitive)('are the sensitive ones for a sensitive %s', async (_where, asked, figure) => {
    const disclosure = createTransparentDisclosure();
    const store = await openTestStore({ disclosure });
    await store.load(stays, pagesOf([stay('a', { isMinor: true, services: 1 })]), origin);
    await store.ask(question(asked), [figure]);
    expect(new Set(disclosure.asked.map(({ sensitivity }) => sensitivity))).toEqual(
      new Set(['SENSITIVE']),
    );
  });

  it('are the sensitive ones for all of a fact that is sensitive itself', async () => {
    const disclosure = createTransparentDisclosure();
    const fact = { ...stays, isSensitive: true };
    const store = await openTestStore({ disclosure, facts: [fact] });
    await store.load(fact, pagesOf([stay('a')]), origin);
    await store.ask(question({ groupBy: ['district'] }), [count]);
    expect(new Set(disclosure.asked.map(({ sensitivity }) => sensitivity))).toEqual(
      new Set(['SENSITIVE']),
    );
  });

  it('hold the strictest threshold of the owners', async () => {
    const disclosure = createTransparentDisclosure();
    const ownerThresholds = { 'reception-centres': 6, 'health-authority': 12, others: 90 };
    const store = await openTestStore({ disclosure, ownerThresholds });
    await store.load(stays, pagesOf([stay('a')]), origin);
    await store.ask(question(), [count]);
    expect(new Set(disclosure.asked.map(({ ownerThreshold }) => ownerThreshold))).toEqual(
      new Set([12]),
    );
  });
});
