import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFeedDatabase } from '@tavolo/feed-kit';
import { createLogger } from '@tavolo/process-kit';
import { askAs, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningReceptionCentres, startReceptionCentres } from './service.ts';
import { migrations } from './store/migrations.ts';
import type { ReceptionStore } from './store/reception-store.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const services =
  'ID_SERVIZIO;ID_BENEFICIARIO;CUI;VESTANET;CODICE_FISCALE;AREA;ORE;LIVELLO_CORSO;DATA_INIZIO;DATA_FINE';
const linkageHex = randomBytes(32).toString('hex');
const secret = 'a secret of the tests, longer than 32 characters';

let folder = '';
let running: RunningReceptionCentres | undefined;
let calls: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reception-'));
  calls = [];
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningReceptionCentres> {
  running = await startReceptionCentres({
    host: '127.0.0.1',
    port: 0,
    gatewayKeys: testGatewayKeys,
    dataDir: path.join(folder, 'data'),
    dropDir: path.join(folder, 'drop'),
    pollIntervalMs: 50,
    absentSheets: 3,
    staleAfterHours: 48,
    sectorKeySecret: secret,
    linkageKey: { id: 'test', hex: linkageHex },
    personIndex: { url: 'http://127.0.0.1:9', token: 'unused' },
    logger: createLogger({ name: 'reception-centres', level: 'silent' }),
    now: () => new Date('2026-11-22T12:00:00Z'),
    observeStore: (store: ReceptionStore) =>
      new Proxy(store, {
        get(target, name, receiver): unknown {
          calls.push(String(name));
          return Reflect.get(target, name, receiver);
        },
      }),
  });
  return running;
}

const drop = (name: string, content: string | Buffer) =>
  writeFile(path.join(folder, 'drop', name), content);
const dropFixture = (name: string) =>
  copyFile(path.join(fixtures, name), path.join(folder, 'drop', name));

async function ask(query: string): Promise<Record<string, unknown>> {
  const text = await askAs({ url: running?.url ?? '', subgraph: 'reception-centres' }, query);
  const { data, errors } = JSON.parse(text) as {
    data: Record<string, unknown>;
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  return data;
}

const rejections = '{ receptionCentresRejections { nodes { source line field reason } } }';
const presences =
  '{ facilities { nodes { dailyPresences(from: "2026-11-20", to: "2026-11-20") { count version } } } }';

describe('the reception centres', () => {
  it('shows a dropped sheet in the graph, guests, entry hours and all', async () => {
    const service = await start();
    await dropFixture('PRESENZE_20261120.xlsx');
    await service.idle();
    const answer = await ask(
      '{ facilities { nodes { receptionType authorisedPlaces guests { entryAt entryOn exitOn } } } }',
    );
    expect(answer).toEqual({
      facilities: {
        nodes: [
          {
            receptionType: 'CAS',
            authorisedPlaces: 10,
            guests: expect.arrayContaining([
              { entryAt: '2026-11-05T09:30:00Z', entryOn: '2026-11-05', exitOn: null },
              { entryAt: null, entryOn: '2026-10-01', exitOn: null },
            ]) as unknown,
          },
        ],
      },
    });
  });

  it('the same drop twice changes nothing, whatever it is called', async () => {
    const service = await start();
    await dropFixture('PRESENZE_20261120.xlsx');
    await service.idle();
    const before = await ask(presences);
    await copyFile(
      path.join(fixtures, 'PRESENZE_20261120.xlsx'),
      path.join(folder, 'drop', 'again.xlsx'),
    );
    await service.idle();
    expect(await ask(presences)).toEqual(before);
  });

  it('a corrected sheet is in force and the sheet before it is kept as history', async () => {
    const service = await start();
    await dropFixture('PRESENZE_20261120.xlsx');
    await service.idle();
    await dropFixture('PRESENZE_20261120_RETTIFICA.xlsx');
    await service.idle();
    expect(await ask(presences)).toEqual({
      facilities: { nodes: [{ dailyPresences: [{ count: 3, version: 2 }] }] },
    });
  });

  it('truncated XLSX, CSV with a missing column, wrong encoding: each refused whole with its reason', async () => {
    const service = await start();
    await drop('tronco.xlsx', Buffer.from('PK\u0003\u0004 half a file'));
    await drop('SAI_05_SERVIZI_20261121.csv', `${services.replace(';ORE', '')}\r\n`);
    await drop(
      'SAI_05_SERVIZI_20261120.csv',
      `${services}\r\nCITTÀ;1;;;;SOCIALE;1;;01/01/2026;\r\n`,
    );
    await service.idle();
    expect(await ask(rejections)).toEqual({
      receptionCentresRejections: {
        // In the order in which the files settled, which is not the test's to say.
        nodes: expect.arrayContaining([
          expect.objectContaining({ reason: 'not a whole XLSX archive (truncated or damaged)' }),
          expect.objectContaining({ reason: 'missing column ORE' }),
          expect.objectContaining({ reason: 'UTF-8 text where windows-1252 was expected' }),
        ]) as unknown,
      },
    });
    expect((await readdir(path.join(folder, 'drop', 'rejected'))).length).toBe(3);
  });

  it('a bad row is quarantined by line and field, never by value, and the others are taken', async () => {
    const service = await start();
    await drop(
      'SAI_05_SERVIZI_20261121.csv',
      `${services}\r\nS1;B1;;;;SOCIALE;SEGRETO;;01/01/2026;\r\nS2;B1;;;;SOCIALE;3,5;;01/01/2026;\r\n`,
    );
    await service.idle();
    expect(await ask(rejections)).toEqual({
      receptionCentresRejections: {
        nodes: [
          {
            source: 'SAI_05_SERVIZI_20261121.csv',
            line: 2,
            field: 'ORE',
            reason: 'not a number of hours',
          },
        ],
      },
    });
  });

  it('asks the store once for each relation, however many facilities and guests there are', async () => {
    const service = await start();
    await dropFixture('PRESENZE_20261120.xlsx');
    await service.idle();
    calls = [];
    await ask(
      '{ facilities { nodes { guests { facility { id } person { receptionEntryAt stays { id } } } } } }',
    );
    expect(calls.sort()).toEqual([
      'facilities',
      'facilitiesById',
      'guestsByFacility',
      'receptionEntryByPerson',
      'staysByPerson',
    ]);
  });

  it('answers null for a reference without a key and empty lists for an unknown one, naming nobody', async () => {
    await start();
    calls = [];
    const answer = await ask(`{ _entities(representations: [
      { __typename: "Person", receptionCentresKey: null },
      { __typename: "Person", receptionCentresKey: "unknown" }
    ]) { ... on Person { stays { id } receptionEntryAt } } }`);
    expect(answer).toEqual({ _entities: [null, { stays: [], receptionEntryAt: null }] });
  });

  it('killed with SIGKILL in the middle of an ingest and started again: nothing is lost or doubled', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `S${index};B${index};;;;SOCIALE;1;;01/01/2026;`,
    );
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./main.ts', import.meta.url))],
      {
        env: {
          PORT: '0',
          GATEWAY_KEYS: JSON.stringify(testGatewayKeys),
          LOG_LEVEL: 'info',
          DATA_DIR: path.join(folder, 'data'),
          DROP_DIR: path.join(folder, 'drop'),
          POLL_INTERVAL_MS: '50',
          SECTOR_KEY_SECRET: secret,
          LINKAGE_KEY: linkageHex,
          LINKAGE_KEY_ID: 'test',
          PERSON_INDEX_URL: 'http://127.0.0.1:9',
          PERSON_INDEX_TOKEN: 'unused',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    for await (const chunk of child.stdout) if (String(chunk).includes('listening')) break;
    await drop('SAI_05_SERVIZI_20261121.csv', `${services}\r\n${rows.join('\r\n')}\r\n`);
    // The write-ahead log grows once the transaction writes: that is the middle of the ingest.
    const wal = path.join(folder, 'data', 'reception-centres.sqlite-wal');
    const before = statSync(wal).size;
    while (statSync(wal).size === before) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const service = await start();
    await service.idle();
    const database = openFeedDatabase(
      path.join(folder, 'data', 'reception-centres.sqlite'),
      migrations,
    );
    expect(database.prepare('SELECT count(*) FROM service_delivered').raw().get()).toEqual([
      20_000,
    ]);
    expect(database.prepare('SELECT count(*), sum(accepted) FROM drop_file').raw().get()).toEqual([
      1, 20_000,
    ]);
    database.close();
  }, 60_000);
});
