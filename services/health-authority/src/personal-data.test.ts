import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectMllpSender } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';
import { askAs } from '@tavolo/subgraph-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { openHealthDatabase } from './store/open-health-database.ts';
import { adt, visit } from './testing/adt.ts';
import { secret, testConfig } from './testing/start-test-service.ts';

const canaries = /CANARY|19870713|1987-07-13|KGZ|"KG"/u;

/** A patient with canaries where name, birth date and citizenship belong. */
const patient = (id: string, segments: string[]) =>
  adt(id, { segments }).replace(
    'INVENTATO^PROVA||19900101|M',
    `CANARYFAMILY^CANARYGIVEN||19870713|M${'|'.repeat(18)}KGZ^CANARYCOUNTRY^ISO3166`,
  );
const bundle = JSON.stringify({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [{ identifier: 'CANARYID' }, { link: [{ other: 5, type: 'CANARYLINK' }] }].map(
    (wrong) => ({
      resource: {
        resourceType: 'Patient',
        id: 'p',
        name: [{ family: 'CANARYFAMILY' }],
        birthDate: '1987-07-13',
        ...wrong,
      },
    }),
  ),
});

it('name, birth date and citizenship are in the store of the health authority and in no answer, log, rejection, acknowledgement or enrolment', async () => {
  const enrolments: string[] = [];
  const asked = new EventEmitter();
  const firstPut = once(asked, 'PUT');
  const index = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      enrolments.push(`${incoming.url ?? ''} ${Buffer.concat(chunks).toString('utf8')}`);
      // The answer of an empty index to whatever is asked; enough for people to be sent.
      response.end('{"epoch":"e","people":0,"households":0,"records":[],"next":null}');
      asked.emit(incoming.method ?? '');
    });
  }).listen(0, '127.0.0.1');
  await once(index, 'listening');
  const config = {
    ...(await testConfig()),
    LOG_LEVEL: 'trace',
    DROP_INTERVAL_MS: 20,
    // The server listens on TCP, so its address has a port.
    PERSON_INDEX_URL: `http://127.0.0.1:${(index.address() as AddressInfo).port}`,
  };
  await mkdir(config.DROP_DIR, { recursive: true });
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('main.ts', import.meta.url))],
    {
      env: {
        PATH: '/usr/bin:/bin',
        ...Object.fromEntries(Object.entries(config).map(([name, value]) => [name, asText(value)])),
      },
    },
  );
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    index.close();
    index.closeAllConnections();
    await rm(config.DATA_DIR, { recursive: true, force: true });
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  const listening = new Promise<{ url: string; mllpPort: number }>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const url = /"url":"(http:[^"]+)"/u.exec(log)?.[1];
      const mllpPort = /"mllpPort":(\d+)/u.exec(log)?.[1];
      if (url !== undefined && mllpPort !== undefined) resolve({ url, mllpPort: Number(mllpPort) });
    });
  });
  const { url, mllpPort } = await listening;
  const ask = (query: string) => askAs({ url, subgraph: 'health-authority' }, query);
  const sender = await connectMllpSender({ host: '127.0.0.1', port: mllpPort, window: 1 });
  const answers: string[] = [];
  for (const message of [
    patient('C1', [visit('V1', '20260715100000'), 'ZVU|F1|PREGNANT|S|20260715103000|SCR']),
    patient('C2', [visit('V2', '31/02/2026')]),
    patient('C3', []),
    patient('C4', [visit('V4', '20260715100000')]).replace('INV1^^^AUSLPR^PI', ''),
    patient('C5', [visit('V5', '20260715100000')]).replace('ADT^A04', 'ADT^A99'),
  ]) {
    answers.push((await sender.send(Buffer.from(message))).toString('latin1'));
  }
  await sender.close();
  await writeFile(path.join(config.DROP_DIR, 'CANARYFILE.json'), bundle);
  const key = deriveSectorKey(secret, 'person', 'INV1');
  const everything = `{ healthAuthorityRejections { nodes { source line field reason } }
    _entities(representations: [{ __typename: "Person", healthAuthorityKey: "${key}" }]) { ... on Person {
      healthEvents { at } vulnerabilityFlags { category } registrations { kind } screenings { programme } } } }`;
  let answer = '';
  while (!answer.includes('Patient')) answer = await ask(everything);
  await firstPut;
  const wrong = await ask(
    '{ _entities(representations: []) { ... on Person { name birthDate } } }',
  );

  expect(answer).toContain('2026-07-15T08:00:00Z');
  expect(enrolments.join('\n')).toContain(key);
  for (const text of [answer, wrong, log, answers.join('\n'), enrolments.join('\n')]) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(canaries);
  }
  const database = openHealthDatabase(path.join(config.DATA_DIR, 'health-authority.sqlite'));
  expect(database.prepare('SELECT * FROM person_attributes').raw().all([])).toEqual([
    ['INV1', 'CANARYFAMILY CANARYGIVEN', '1987-07-13', 'M', 'KG'],
  ]);
  database.close();
}, 60_000);

function asText(value: string | number | object | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
