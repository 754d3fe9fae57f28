import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMapping } from '../src/source/mapping.ts';
import { openInventedDatabase, type SourceDatabase } from '../src/source/open-sql.ts';
import { readTable } from '../src/source/read-table.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { replaceSnapshot, type TakenRow } from '../src/store/replace-snapshot.ts';
import { createSqliteEnrolmentStore } from '../src/store/sqlite-enrolment-store.ts';
import { stateMigrations } from '../src/store/state-migrations.ts';

const place = {
  table: 'iscrizioni',
  mapping: readMapping('mapping.json'),
  sectorKeySecret: 'a secret for tests only, of more than 32 characters',
};

// The first start of a PostgreSQL inside a process takes seconds: one for all.
let database: SourceDatabase;
beforeAll(async () => {
  database = await openInventedDatabase();
});
afterAll(() => database.destroy());

it('takes every row of the table but the one that breaks a rule, and no column that is not mapped', async () => {
  const rows: TakenRow[] = [];
  for await (const row of readTable(database, place)) rows.push(row);
  expect(rows.filter(({ kind }) => kind === 'accepted')).toHaveLength(60);
  expect(rows.filter(({ kind }) => kind === 'refused')).toMatchObject([
    { refused: { source: 'iscrizioni', field: 'kind' } },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/Inventati|nota/u);
});

it('keeps what was read last when the table cannot be read', async () => {
  const state = openDatabase(':memory:', stateMigrations);
  const store = createSqliteEnrolmentStore(state, { now: () => new Date(), staleAfterMs: 1_000 });
  const asOf = '2026-11-22T10:00:00Z';
  await replaceSnapshot(state, readTable(database, place), { asOf, digest: null });
  const gone = { ...place, table: 'not_there' };
  await expect(
    replaceSnapshot(state, readTable(database, gone), { asOf, digest: null }),
  ).rejects.toThrow();
  expect(await store.findPage({ size: 100, afterId: null }, null)).toHaveLength(60);
  expect(await store.status()).toMatchObject({ asOf, stale: true });
  await store.close();
});
