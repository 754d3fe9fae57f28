import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { testCaller } from '@tavolo/subgraph-kit/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChangeLog, changeLogMigrations, createChangeLog } from '../store/change-log.ts';
import { openDatabase, type TableDatabase } from '../store/open-database.ts';
import type { SnapshotContent } from './build-snapshot.ts';
import { createReportChanges } from './change-reports.ts';
import { createPostgresReportStore } from './postgres-report-store.ts';
import { indicatorsMigrations, type ReportTables } from './report-tables.ts';

const emptyYear: SnapshotContent = {
  format: 'tavolo-yearly-report/1',
  rendererVersion: 1,
  year: 2025,
  disclosure: {
    method: 'cell-key method',
    floor: 3,
    threshold: 5,
    sensitiveThreshold: 10,
    minimumForMean: 8,
    minimumForQuantile: 10,
    dominance: 0.5,
    maximumDimensions: 3,
    maximumDeviation: 4,
    rules: [],
  },
  methodology: [],
  indicators: [],
  values: [],
  history: [],
  objectives: [],
  activity: {
    asOf: '2025-12-31',
    meetings: [],
    participation: [],
    participationRate: null,
    protocolsSigned: 0,
    protocolsInForce: 0,
    criteriaAdopted: [],
  },
  territorialReports: [],
};

describe('changes of reports', () => {
  let postgres: EmbeddedPostgres;
  let database: TableDatabase;
  const now = () => new Date('2026-01-12T09:30:00Z');
  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
    database = openDatabase({
      databaseUrl: postgres.url,
      poolSize: 2,
      migrations: [changeLogMigrations, indicatorsMigrations],
    });
  });
  afterAll(async () => {
    await database.close();
    await postgres.close();
  });

  it('a freeze that is cut off leaves nothing, neither report nor note, and the same key freezes version 1 afterwards', async () => {
    const changes = createChangeLog(database, now);
    const store = createPostgresReportStore(database);
    const cutOff: ChangeLog = {
      apply: (change, work) =>
        changes.apply(change, async (transaction: Parameters<typeof work>[0], at) => {
          await work(transaction, at);
          throw new Error('the process ends here');
        }),
    };
    const options = { store, signingKey: null, now, collect: () => Promise.resolve(emptyYear) };
    const freeze = (log: ChangeLog) =>
      createReportChanges({ ...options, changes: log }).freeze(testCaller(), 'freeze-2025', {
        year: 2025,
      });
    await expect(freeze(cutOff)).rejects.toThrow('the process ends here');
    expect(await store.reports(null, 10)).toEqual([]);
    expect(await freeze(changes)).toMatchObject({ year: 2025, version: 1 });
  });

  it('a year is frozen fifty times at the most: every version stays for ever', async () => {
    const changes = createReportChanges({
      changes: createChangeLog(database, now),
      store: createPostgresReportStore(database),
      signingKey: null,
      now,
      collect: () => Promise.resolve({ ...emptyYear, year: 2024 }),
    });
    const db = await database.ready<ReportTables>();
    await changes.freeze(testCaller(), 'freeze-2024-1', { year: 2024 });
    // A frozen version cannot be changed, so the forty-ninth is a copy of the first.
    await sql`INSERT INTO coordination.yearly_report SELECT year, 49, frozen_at, frozen_by, snapshot, csv,
      data_dictionary, pdf, seal FROM coordination.yearly_report WHERE year = 2024`.execute(db);
    expect(await changes.freeze(testCaller(), 'freeze-2024-2', { year: 2024 })).toMatchObject({
      version: 50,
    });
    await expect(
      changes.freeze(testCaller(), 'freeze-2024-3', { year: 2024 }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('a hub without a key signs nothing and says what its operator has to set', async () => {
    const changes = createReportChanges({
      changes: createChangeLog(database, now),
      store: createPostgresReportStore(database),
      signingKey: null,
      now,
      collect: () => Promise.resolve(emptyYear),
    });
    await expect(
      changes.sign(testCaller(), 'sign-2025', { year: 2025, version: 1 }),
    ).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('REPORT_SIGNING_KEY') as unknown,
    });
  });
});
