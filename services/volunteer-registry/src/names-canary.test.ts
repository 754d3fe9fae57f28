import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { expect, it } from 'vitest';
import { dropFile, secret } from './registry.fixtures.ts';
import { openMongooseRegistryStore } from './store/mongoose-registry-store.ts';

const canary = 'QZXWVKZX81Q';
/** As the register writes it, and as it is kept. */
const bornCanary = ['17.08.1971', '1971-08-17'] as const;

/** One text that every call of the enrolment API takes for its answer, from an index that holds nothing yet. */
const emptyIndexAnswers = JSON.stringify({
  ...{ epoch: 'one', people: 0, households: 0 },
  ...{ records: [], next: null, received: 0, changed: 0 },
});

it('names and birth dates planted in a register reach the encoder, and no log line, rejection or batch sent', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'registry-'));
  const dropDirectory = path.join(folder, 'drop');
  mkdirSync(dropDirectory);
  dropFile(
    dropDirectory,
    'attivita_990001_2026-11-01.csv',
    `Codice;Cognome;Nome;Codice fiscale;Data di nascita;Attività;Dal;Al;Ore settimanali
PU000001;${canary};${canary} ${canary};;${bornCanary[0]};verde;01/02/2026;;7
PU000002;${canary};${canary};${canary};${bornCanary[0]};verde;01/02/2026;;7
PU000003;${canary};${canary};;nato il ${bornCanary[0]};verde;01/02/2026;;7
`,
  );
  const sent: string[] = [];
  const index = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      sent.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(emptyIndexAnswers);
      if (request.method === 'PUT' && request.url === '/enrolment/people') index.emit('people');
    });
  });
  index.listen(0, '127.0.0.1');
  await once(index, 'listening');
  const { port } = index.address() as AddressInfo; // TCP
  const peopleSent = once(index, 'people');
  const main = spawn(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/bin:/bin',
      PORT: '0',
      GATEWAY_KEYS: JSON.stringify(testGatewayKeys),
      LOG_LEVEL: 'trace',
      DATA_DIR: folder,
      DROP_DIR: dropDirectory,
      SECTOR_KEY_SECRET: secret,
      LINKAGE_KEY: '6d1f0e9a7b3c52844fd0a1b6c98e3571f2ad0c4b8e97635d1a20fbc4d8e6975c',
      LINKAGE_KEY_ID: 'test',
      PERSON_INDEX_URL: `http://127.0.0.1:${port}`,
      PERSON_INDEX_TOKEN: 'invented',
    },
  });
  const logLines: string[] = [];
  createInterface({ input: main.stdout }).on('line', (line) => logLines.push(line));
  createInterface({ input: main.stderr }).on('line', (line) => logLines.push(line));
  const ended = once(main, 'exit');
  try {
    await Promise.race([peopleSent, ended]);
  } finally {
    main.kill('SIGTERM');
    await ended;
    index.closeAllConnections();
    index.close();
  }
  const store = await openMongooseRegistryStore({ mongodbUri: undefined, dataDirectory: folder });
  const rejections = await store.rejectionsPage(undefined, 10);
  await store.close();
  const batches = sent.join('\n');
  expect(batches.match(/"sectorKey"/g)).toHaveLength(2);
  // Only a name with a birth date is encoded: one row's could be read, the other's left the row standing.
  expect(batches.match(/"attributes"/g)).toHaveLength(1);
  expect(rejections.map(({ line, field }) => [line, field])).toEqual([[3, 'Codice fiscale']]);
  expect(logLines.length).toBeGreaterThan(1);
  for (const text of [logLines.join('\n'), batches, JSON.stringify(rejections)]) {
    for (const planted of [canary, ...bornCanary]) expect(text).not.toContain(planted);
  }
}, 60_000);
