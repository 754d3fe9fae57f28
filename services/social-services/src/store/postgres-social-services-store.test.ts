import { env } from 'node:process';
import { createLogger } from '@tavolo/process-kit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  databaseStartMs,
  type FixtureDatabase,
  startFixtureDatabase,
} from '../fixture-database.ts';
import { readSocialServices } from '../social-service.ts';
import { createLegacyDatabase, type LegacyDatabase } from './legacy-database.ts';
import { createPostgresSocialServicesStore } from './postgres-social-services-store.ts';
import { describeSocialServicesStore } from './social-services-store.contract.ts';

// biome-ignore lint/style/noProcessEnv: a switch of the test run, not of the service
const realUrl = env['TEST_DATABASE_URL'];
const logger = createLogger({ name: 'test', level: 'silent' });

function connect(databaseUrl: string): LegacyDatabase {
  return createLegacyDatabase({
    databaseUrl,
    poolMax: 2,
    statementTimeoutMs: 5000,
    logger,
    now: () => new Date('2026-11-22T04:00:00Z'),
  });
}

let fixture: FixtureDatabase;
beforeAll(async () => {
  fixture = await startFixtureDatabase(realUrl);
}, databaseStartMs);
afterAll(() => fixture.close());

describeSocialServicesStore(realUrl === undefined ? 'embedded' : 'real server', async () => {
  const database = connect(fixture.url);
  let isClosed = false;
  return {
    store: createPostgresSocialServicesStore(database, readSocialServices()),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await database.close();
    },
  };
});

describe('the legacy database', () => {
  let database: LegacyDatabase;
  beforeAll(() => {
    database = connect(fixture.url);
  });
  afterAll(() => database.close());

  it.each([
    ['an insert', sql`insert into ss_parma.sportello (id_sportello) values ('X')`],
    ['an update', sql`update anagrafe.anagrafica_utente set note = null`],
    ['a delete', sql`delete from ss_fidenza.fascicolo`],
    ['a new table', sql`create table ss_parma.nuova (a int)`],
    ['a truncation', sql`truncate ss_parma.intervento`],
  ])('refuses %s', async (_what, statement) => {
    await expect(database.read(statement)).rejects.toThrow('SQLSTATE 25006');
  });

  it('says when it last answered', async () => {
    await database.read(sql`select 1`);
    expect(database.lastReadAt()).toBe('2026-11-22T04:00:00.000Z');
    expect(database.isUp()).toBe(true);
  });

  it('names the code of a refusal and nothing of the row it failed on', async () => {
    const failing = database.read(sql`select nome::int from anagrafe.anagrafica_utente`);
    await expect(failing).rejects.toThrow(/^The database refused a read \(SQLSTATE 22P02\)$/);
  });
});
