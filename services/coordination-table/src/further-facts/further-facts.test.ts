import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import type { FactRow } from '@tavolo/facts';
import { readFacts, readSubgraphSdl } from '@tavolo/schemas';
import { enrolmentsFact, supergraphWithEmploymentCentre } from '@tavolo/schemas/testing';
import { dateScalars, startSubgraph } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalysisResolvers } from '../analysis/analysis-resolvers.ts';
import { chooseFurtherFacts } from './choose-further-facts.ts';

const secret = 'an invented secret of the tests, long enough';
const logger = pino({ level: 'silent' });
const now = () => new Date('2024-06-15T09:00:00Z');
const closing: (() => Promise<unknown>)[] = [];
const supergraph = supergraphWithEmploymentCentre();

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'further-'));
  closing.push(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** Forty people on a course of thirty hours, four of them ill at its beginning; three on a traineeship of ten. */
function rows(): FactRow[] {
  const row = (unitRef: string, kind: string, weeklyHours: number, hindrance: string | null) => ({
    unitRef,
    values: { kind, begunOn: '2024-02-01', weeklyHours, hindrance },
  });
  return [
    ...Array.from({ length: 40 }, (_, at) =>
      row(`c${at}`, 'COURSE', 30, at < 4 ? 'ILLNESS' : null),
    ),
    ...Array.from({ length: 3 }, (_, at) => row(`t${at}`, 'TRAINEESHIP', 10, null)),
  ];
}

afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

describe('a fact of an institution that joined later', () => {
  let ask: (query: string) => Promise<unknown>;

  beforeAll(async () => {
    const folder = await folderOf({ 'enrolments.graphql': enrolmentsFact });
    const { facts: further, sdl } = await chooseFurtherFacts(folder, supergraph, logger);
    const facts = [...(await readFacts()), ...further];
    const store = await openFactStore({
      file: ':memory:',
      facts,
      disclosure: createDisclosure({}, secret),
      recordKeySecret: secret,
      ownerThresholds: { 'employment-centre': 6 },
      now,
    });
    closing.push(() => store.close());
    const [fact] = further;
    if (!fact) throw new Error('the fact was left out');
    await store.load(
      fact,
      (async function* () {
        yield await Promise.resolve(rows());
      })(),
      () => ({
        sources: [{ subgraph: 'employment-centre', asOf: null, completeness: 1 }],
        linkage: null,
      }),
    );
    const ownerThresholds = { 'employment-centre': 6 };
    const figures = createAnalysisResolvers({ facts, store, rules: {}, ownerThresholds, now });
    const subgraph = await startSubgraph({
      ...{ engine: 'mercurius', name: 'coordination-table', typeDefs: sdl },
      resolvers: { DateTime: dateScalars.DateTime, Date: dateScalars.Date, ...figures },
      createContext: () => ({}),
      sourceStatus: async () => ({ asOf: null, completeness: null, stale: false }),
      isReady: async () => true,
      gatewayKeys: testGatewayKeys,
      ...{ host: '127.0.0.1', port: 0, logger },
    });
    closing.push(() => subgraph.close());
    const caller = testCaller({ roles: ['analyst'] });
    ask = async (query) =>
      JSON.parse(
        await askAs({ url: subgraph.url, subgraph: 'coordination-table', caller }, query),
      ) as unknown;
  }, 120_000);

  it('is asked like one of the hub’s, grouped, measured and compared, with its owner’s threshold', async () => {
    const answer = await ask(`{ analysis { enrolments(groupBy: [KIND, YEAR]) {
      cells { kind year people { status value } enrolments { status value }
        weeklyHours { mean { status value } within(limit: UP_TO_20) { status } } }
      state { fact sources { subgraph } } disclosure { threshold isSensitive } } } }`);
    expect(answer).not.toHaveProperty('errors');
    expect(answer).toMatchObject({
      data: {
        analysis: {
          enrolments: {
            cells: [
              {
                kind: 'COURSE',
                year: 2024,
                people: { status: 'PERTURBED' },
                weeklyHours: { mean: { status: 'PERTURBED' } },
              },
              {
                kind: 'TRAINEESHIP',
                people: { status: 'SUPPRESSED_PRIMARY', value: null },
                enrolments: { value: null },
                weeklyHours: { mean: { value: null } },
              },
            ],
            state: { fact: 'enrolments', sources: [{ subgraph: 'employment-centre' }] },
            disclosure: { threshold: 6, isSensitive: false },
          },
        },
      },
    });
  });

  it('withholds a special category below ten, in cells and in shares', async () => {
    const answer = await ask(`{ analysis { enrolments(groupBy: [HINDRANCE]) {
      cells { hindrance people { value } share(of: { hindrance: ILLNESS }) { value } }
      disclosure { sensitiveThreshold isSensitive } } } }`);
    expect(answer).not.toHaveProperty('errors');
    const { cells, disclosure } = (
      answer as {
        data: {
          analysis: {
            enrolments: { cells: { hindrance: string; people: object }[]; disclosure: object };
          };
        };
      }
    ).data.analysis.enrolments;
    expect(cells.find(({ hindrance }) => hindrance === 'ILLNESS')?.people).toEqual({ value: null });
    expect(disclosure).toEqual({ sensitiveThreshold: 10, isSensitive: true });
  });

  it('answers no more than three dimensions, as for the others', async () => {
    const answer = await ask(`{ analysis { enrolments(groupBy: [KIND, HINDRANCE, IS_LONG, MONTH]) {
      total { people { value } } } } }`);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('the table’s SDL', () => {
  it('is the committed one without further facts, also when none of them fits', async () => {
    const unknown = enrolmentsFact.replace('weeklyHours @measure', 'monthlyHours @measure');
    for (const files of [{}, { 'enrolments.graphql': unknown }]) {
      const chosen = await chooseFurtherFacts(await folderOf(files), supergraph, logger);
      expect(chosen.facts).toEqual([]);
      expect(chosen.sdl).toBe(readSubgraphSdl('coordination-table'));
    }
  });

  it('leaves out a fact that DuckDB cannot compute and takes the others', async () => {
    const bad = enrolmentsFact
      .replace('name: "enrolments"', 'name: "other"')
      .replace('sql: "weeklyHours > 20"', 'sql: "kind - begunOn > weeklyHours"');
    const chosen = await chooseFurtherFacts(
      await folderOf({ 'enrolments.graphql': enrolmentsFact, 'other.graphql': bad }),
      supergraph,
      logger,
    );
    expect(chosen.facts.map(({ name }) => name)).toEqual(['enrolments']);
    expect(chosen.sdl).not.toContain('OtherTable');
  });
});
