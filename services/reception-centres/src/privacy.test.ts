import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFeedDatabase } from '@tavolo/feed-kit';
import { askAs, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from './store/migrations.ts';

const guests =
  'ID_ACCOGLIENZA;ID_STRUTTURA;ID_BENEFICIARIO;CUI;VESTANET;CODICE_FISCALE;COGNOME;NOME;DATA_NASCITA;SESSO;CITTADINANZA;NUMERO_PERMESSO;NUCLEO;DATA_INGRESSO;ORA_INGRESSO;DATA_REG_INGRESSO;DATA_USCITA;MOTIVO_USCITA;DATA_REG_USCITA';
const structures =
  'ID_STRUTTURA;CODICE_PROGETTO;ENTE_TITOLARE;ENTE_GESTORE;DENOMINAZIONE;COMUNE;CATEGORIA;POSTI_AUTORIZZATI;POSTI_ATTIVI;CIG;DATA_APERTURA;DATA_CHIUSURA\r\nSTR-1;PROG-1;Ente;Cooperativa;Casa;Fidenza;ORDINARI;5;5;;;';
const canary = (stay: string, birth: string, country: string, entry: string) =>
  `${stay};STR-1;B1;0TVL0000001;;;CANARYFAMILY;CANARYGIVEN;${birth};F;${country};;;${entry};;;;;`;

it('names, birth dates and citizenships are in the store of the centres and in no answer, log, rejection or enrolment', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reception-privacy-'));
  const enrolments: string[] = [];
  const enrolled = new EventEmitter();
  const firstPut = once(enrolled, 'PUT');
  const index = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      enrolments.push(`${request.url ?? ''} ${Buffer.concat(chunks).toString('utf8')}`);
      // The answer of an empty index to whatever is asked; enough for people to be sent.
      response.end('{"epoch":"e","people":0,"households":0,"records":[],"next":null}');
      enrolled.emit(request.method ?? '');
    });
  }).listen(0, '127.0.0.1');
  await once(index, 'listening');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./main.ts', import.meta.url))],
    {
      env: {
        PORT: '0',
        GATEWAY_KEYS: JSON.stringify(testGatewayKeys),
        LOG_LEVEL: 'trace',
        DATA_DIR: path.join(folder, 'data'),
        DROP_DIR: path.join(folder, 'drop'),
        POLL_INTERVAL_MS: '50',
        SECTOR_KEY_SECRET: 'a secret of the tests, longer than 32 characters',
        LINKAGE_KEY: randomBytes(32).toString('hex'),
        LINKAGE_KEY_ID: 'test',
        // The server listens on TCP, so its address has a port.
        PERSON_INDEX_URL: `http://127.0.0.1:${(index.address() as AddressInfo).port}`,
        PERSON_INDEX_TOKEN: 'unused',
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
    await rm(folder, { recursive: true, force: true });
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  const listening = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const port = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/u.exec(log)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
  const url = `http://127.0.0.1:${await listening}`;
  const ask = (query: string) => askAs({ url, subgraph: 'reception-centres' }, query);
  await writeFile(path.join(folder, 'drop', 'SAI_01_STRUTTURE_20261120.csv'), `${structures}\r\n`);
  await writeFile(
    path.join(folder, 'drop', 'SAI_02_ACCOGLIENZE_20261120.csv'),
    [
      guests,
      canary('ACC-1', '13/07/1987', 'Kirghizistan', '01/11/2026'),
      canary('ACC-2', 'CANARYBIRTH', 'CANARYCOUNTRY', 'CANARYENTRY'),
      canary('ACC-3', '13/07/1987', 'Kirghizistan', ''),
      `${canary('ACC-4', '13/07/1987', 'Kirghizistan', '01/11/2026')};CANARYEXTRA`,
      '',
    ].join('\r\n'),
  );
  let answer = '';
  const everything = `{ receptionCentresRejections { nodes { source line field reason } }
    facilities { nodes { managingBody guests { entryOn person { stays { id entryOn } immediateReceptions { id } } } } } }`;
  while (!answer.includes('DATA_INGRESSO')) answer = await ask(everything);
  await firstPut;
  const wrong = await ask('{ facilities { nodes { guests { person { name birthDate } } } } }');

  expect(answer).toContain('2026-11-01');
  for (const text of [answer, wrong, log, enrolments.join('\n')]) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(/CANARY|1987|Kirghizistan|"KG"/u);
  }
  const processed = await readdir(path.join(folder, 'drop'), { recursive: true });
  expect(processed.join('\n')).toContain('SAI_02_ACCOGLIENZE');
  const database = openFeedDatabase(
    path.join(folder, 'data', 'reception-centres.sqlite'),
    migrations,
  );
  const kept = 'SELECT name, birth_date, sex, citizenship FROM person_attributes';
  expect(database.prepare(kept).raw().all()).toEqual([
    ['CANARYFAMILY CANARYGIVEN', '1987-07-13', 'F', 'KG'],
  ]);
  database.close();
}, 60_000);
