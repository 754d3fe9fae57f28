import { readFile } from 'node:fs/promises';
import { openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import type { FactRow } from '@tavolo/facts';
import { readFacts, readSubgraphSdl } from '@tavolo/schemas';
import { dateScalars, startSubgraph } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FactLoader } from '../facts/fact-loader.ts';
import { changeLogMigrations, createChangeLog } from '../store/change-log.ts';
import { openDatabase } from '../store/open-database.ts';
import { createAnalysisModule } from './module.ts';

const secret = 'an invented secret of the tests, long enough';
const logger = pino({ level: 'silent' });
const now = () => new Date('2024-06-15T09:00:00Z');
const closing: (() => Promise<unknown>)[] = [];
let ask: (query: string, variables?: object) => Promise<Answer>;
let asks = 0;
const loads: string[][] = [];

interface Answer {
  // The tests say what they expect of it.
  readonly data: Readonly<Record<string, never>> | null;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

/** Forty people enter Parma in each month of 2023 and 2024 so far, half of them are still there; three in Fidenza. */
function stays(): FactRow[] {
  const months = Array.from({ length: 17 }, (_, at) =>
    new Date(Date.UTC(2023, at, 10)).toISOString().slice(0, 10),
  );
  const parma = months.flatMap((entryOn, month) =>
    Array.from({ length: 40 }, (_, at) => ({
      unitRef: `p${month}-${at}`,
      values: {
        entryOn,
        exitOn: at < 20 ? '2024-06-10' : null,
        district: 'PARMA',
        receptionType: 'CAS',
        extensionCount: 0,
        municipality: '034027',
      },
    })),
  );
  const fidenza = Array.from({ length: 3 }, (_, at) => ({
    unitRef: `f${at}`,
    values: { entryOn: '2024-02-01', district: 'FIDENZA', receptionType: 'CAS' },
  }));
  return [...parma, ...fidenza];
}

beforeAll(async () => {
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const database = openDatabase({
    databaseUrl: postgres.url,
    poolSize: 2,
    migrations: [changeLogMigrations],
  });
  const factFiles = await readFacts();
  const disclosure = createDisclosure({}, secret);
  const store = await openFactStore({
    file: ':memory:',
    facts: factFiles,
    disclosure,
    recordKeySecret: secret,
    now,
  });
  const fact = factFiles.find(({ name }) => name === 'stays');
  if (!fact) throw new Error('the fact of stays is gone');
  await store.load(
    fact,
    (async function* () {
      yield await Promise.resolve(stays());
    })(),
    () => ({ sources: [{ subgraph: 'a', asOf: null, completeness: 0.9 }], linkage: null }),
  );
  const counted = {
    ...store,
    ask: (...asked: Parameters<typeof store.ask>) => {
      asks += 1;
      return store.ask(...asked);
    },
  };
  const factLoader: FactLoader = {
    loadDue: (isDue) => {
      loads.push(factFiles.filter(({ name }) => isDue(store.state(name))).map(({ name }) => name));
      return Promise.resolve([]);
    },
    loadAll: () => Promise.reject(new Error('never all, whatever their age')),
    close: () => Promise.resolve(),
  };
  const module = createAnalysisModule({
    database,
    changes: createChangeLog(database, now),
    facts: counted,
    factFiles,
    factLoader,
    disclosure,
    secrets: { disclosure: secret, priorityList: secret },
    ownerThresholds: { 'reception-centres': 7 },
    now,
    logger,
  });
  const subgraph = await startSubgraph({
    engine: 'mercurius',
    name: 'coordination-table',
    typeDefs: readSubgraphSdl('coordination-table'),
    resolvers: { DateTime: dateScalars.DateTime, Date: dateScalars.Date, ...module.resolvers },
    createContext: (_request, caller) => ({ caller, now }),
    sourceStatus: async () => ({ asOf: null, completeness: null, stale: false }),
    isReady: async () => true,
    gatewayKeys: testGatewayKeys,
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  closing.push(
    () => subgraph.close(),
    () => store.close(),
    () => database.close(),
    () => postgres.close(),
  );
  ask = async (query, variables = {}) =>
    JSON.parse(
      await askAs(
        {
          url: subgraph.url,
          subgraph: 'coordination-table',
          caller: testCaller({ roles: ['analyst'] }),
        },
        query,
        variables,
      ),
    ) as Answer;
}, 60_000);

afterAll(async () => {
  for (const close of closing) await close();
});

const cell = '{ value lower upper status display }';

describe('the analysis', () => {
  it('groups, filters and protects as the schema says, all figures of a table by two questions', async () => {
    asks = 0;
    const { data, errors } =
      await ask(`{ analysis { stays(where: { receptionType: CAS }, groupBy: [DISTRICT]) {
      cells { district year people ${cell} stays ${cell} share(of: { hasEnded: true }) ${cell}
        lengthInDays { mean ${cell} median ${cell} percentile(percent: P90) ${cell} within(limit: WITHIN_12_MONTHS) ${cell} } }
      total { receptionType people ${cell} }
      state { fact loadedAt ageHours sources { subgraph completeness } dataHash }
      disclosure { threshold sensitiveThreshold maximumDimensions isSensitive } } } }`);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      analysis: {
        stays: {
          cells: [
            { district: 'PARMA', year: null, people: { status: 'PERTURBED' } },
            { district: 'FIDENZA', people: { value: null, status: 'SUPPRESSED_PRIMARY' } },
            { district: 'SUD_EST', people: { value: null, status: 'SUPPRESSED_PRIMARY' } },
            { district: 'VALLI_TARO_CENO', people: { value: null } },
          ],
          total: { receptionType: 'CAS', people: { status: 'PERTURBED' } },
          state: { fact: 'stays', ageHours: 0, sources: [{ subgraph: 'a', completeness: 0.9 }] },
          disclosure: {
            threshold: 7,
            sensitiveThreshold: 10,
            maximumDimensions: 3,
            isSensitive: false,
          },
        },
      },
    });
    expect(asks).toBe(2);
    expect(JSON.stringify(data)).toContain('"percentile":{"value":');
  });

  it('compares a cell with the same one of another period', async () => {
    const { data, errors } =
      await ask(`{ analysis { stays(period: { year: 2024, quarter: 1 }, groupBy: [MONTH]) {
      cells { year month people { value } compared(period: { year: 2023, quarter: 2 }) {
        people { value } peopleDifference { value lower upper status } } } } } }`);
    expect(errors).toBeUndefined();
    const { cells } = (data as never as { analysis: { stays: { cells: ComparedCell[] } } }).analysis
      .stays;
    expect(cells.map(({ year, month }) => [year, month])).toEqual([
      [2024, 1],
      [2024, 2],
      [2024, 3],
    ]);
    for (const { people, compared } of cells) {
      expect(compared.peopleDifference.value).toBe(people.value - compared.people.value);
      expect(compared.peopleDifference.lower).toBeLessThanOrEqual(0);
      expect(compared.peopleDifference.upper).toBeGreaterThanOrEqual(0);
    }
  });

  it.each([
    [
      'more dimensions than three',
      '{ stays(groupBy: [DISTRICT, RECEPTION_TYPE, HAS_ENDED], period: { year: 2024 }) { total { people { value } } } }',
      /at most 3 dimensions/u,
    ],
    [
      'municipality and more',
      '{ stays(groupBy: [MUNICIPALITY, HAS_ENDED]) { total { people { value } } } }',
      /municipality goes alone/u,
    ],
    [
      'a month that is none',
      '{ stays(period: { year: 2024, month: 13 }) { total { people { value } } } }',
      /period/u,
    ],
    [
      'a comparison of a year with a month',
      '{ stays(period: { year: 2024 }) { total { compared(period: { year: 2023, month: 1 }) { people { value } } } } }',
      /as long as/u,
    ],
    ['no cells', '{ stays(first: 0) { total { people { value } } } }', /first must be/u],
  ])('refuses %s as the caller’s mistake', async (_title, asked, says) => {
    const { errors } = await ask(`{ analysis ${asked} }`);
    expect(errors?.[0]?.message).toMatch(says);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('says of a fact that was never loaded that it has no figures', async () => {
    const { data, errors } = await ask(
      '{ analysis { people(groupBy: [FOLLOWED_BY_COUNT]) { cells { people { value } } total { people { status } } state { loadedAt } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      analysis: {
        people: {
          cells: [],
          total: { people: { status: 'NOT_AVAILABLE' } },
          state: { loadedAt: null },
        },
      },
    });
  });
});

interface ComparedCell {
  readonly year: number;
  readonly month: number;
  readonly people: { readonly value: number };
  readonly compared: {
    readonly people: { readonly value: number };
    readonly peopleDifference: {
      readonly value: number;
      readonly lower: number;
      readonly upper: number;
    };
  };
}

describe('a built-in question', () => {
  it.each([
    'omissions-and-duplications',
    'equity-of-reception',
    'reception-trend',
    'capacity-forecast',
    'referral-funnel',
    'registration-delays',
  ])('%s runs, and without a district is about all of them', async (name) => {
    const folder = new URL('../../../../schemas/documents/table-coordination/', import.meta.url);
    const text = await readFile(new URL(`${name}.graphql`, folder), 'utf8');
    const years = text.includes('$yearBefore') ? { yearBefore: 2023 } : {};
    const { data, errors } = await ask(text, {
      ...(text.includes('$year') ? { year: 2024 } : {}),
      ...years,
    });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('"display":');
    if (name === 'reception-trend') expect(JSON.stringify(data)).toContain('"status":"PERTURBED"');
  });
});

describe('the capacity forecast', () => {
  it('goes on from protected figures, and says free places when it is told how many there are', async () => {
    const { data, errors } = await ask(
      `{ capacityForecast(district: PARMA, months: 2, activePlaces: 400) {
        presentNow { value status } entriesPerMonth exitRate months { year month present lower upper freePlaces } method } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      capacityForecast: {
        presentNow: { status: 'PERTURBED' },
        months: [
          { year: 2024, month: 7 },
          { year: 2024, month: 8 },
        ],
      },
    });
    const { months } = (data as never as { capacityForecast: { months: ForecastMonth[] } })
      .capacityForecast;
    for (const { present, freePlaces } of months) expect(freePlaces).toBeCloseTo(400 - present, 1);
  });

  it('of a district too small for figures is empty', async () => {
    const { data } = await ask(
      '{ capacityForecast(district: FIDENZA) { presentNow { status } months { present } } }',
    );
    expect(data).toEqual({
      capacityForecast: { presentNow: { status: 'SUPPRESSED_PRIMARY' }, months: [] },
    });
  });
});

interface ForecastMonth {
  readonly present: number;
  readonly freePlaces: number;
}

describe('loading facts on demand', () => {
  it('is done once by its client key', async () => {
    const load =
      'mutation ($clientKey: ID!) { loadFacts(clientKey: $clientKey) { fact loadedAt } }';
    const first = await ask(load, { clientKey: 'load-0001' });
    const again = await ask(load, { clientKey: 'load-0001' });
    expect(first.errors).toBeUndefined();
    expect(again).toEqual(first);
    expect(loads).toHaveLength(1);
  });

  it('leaves what was loaded within the hour: nobody lays two loads around one arrival side by side', async () => {
    expect(loads[0]).toContain('people');
    expect(loads[0]).not.toContain('stays');
  });

  it('shows how fresh every fact is', async () => {
    const { data } = await ask('{ facts { fact loadedAt } }');
    expect(data?.['facts']).toContainEqual({ fact: 'stays', loadedAt: '2024-06-15T09:00:00.000Z' });
    expect(data?.['facts']).toContainEqual({ fact: 'people', loadedAt: null });
  });
});
