import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { type StartedMain, startMain } from './start-main.fixture.ts';

const planted = {
  cognome: 'QZXWVKOGNOME',
  nome: 'QZXWVKOME',
  data_nascita: '1901-09-27',
  cittadinanza: 'QJ',
  codice_fiscale: 'QZXWVK01P67Z999X',
};
/** A country code may appear inside an encoding by chance; as a value of its own it may not. */
const forbidden = ['QZXWV', '1901-09-27', '27/09/1901', '19010927', '"QJ"'];

describe('attributes planted in the registry', () => {
  let fixture: FixtureDatabase;
  let index: Server;
  let main: StartedMain;
  const sent: string[] = [];

  beforeAll(async () => {
    fixture = await startFixtureDatabase();
    const { cognome, nome, data_nascita, cittadinanza, codice_fiscale } = planted;
    await fixture.administer(
      `update anagrafe.anagrafica_utente set cognome = '${cognome}', nome = '${nome}', sesso = 'F',
         data_nascita = '${data_nascita}', cittadinanza = '${cittadinanza}', codice_fiscale = '${codice_fiscale}'`,
    );
    index = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        sent.push(`${request.url ?? ''} ${body}`);
        response.writeHead(200, { 'content-type': 'application/json' }).end(emptyIndexAnswers);
        if (request.method === 'PUT' && request.url === '/enrolment/people') index.emit('people');
      });
    });
    index.listen(0, '127.0.0.1');
    await once(index, 'listening');
    const { port } = index.address() as AddressInfo; // TCP
    const peopleSent = once(index, 'people');
    main = await startMain(fixture.url, `http://127.0.0.1:${port}`);
    await peopleSent;
  }, databaseStartMs);
  afterAll(async () => {
    await main.close();
    index.close();
    await fixture.close();
  });

  it('reach the encoder, and no answer, no log line and nothing that is sent', async () => {
    const answer = await main.askForEverything();
    const batch = sent.find((request) => request.startsWith('/enrolment/people {')) ?? '';
    expect(batch.match(/"sectorKey"/g)).toHaveLength(4);
    for (const text of forbidden) {
      expect(answer).not.toContain(text);
      expect(main.logLines.join('\n')).not.toContain(text);
      expect(sent.join('\n')).not.toContain(text);
    }
  });
});

/** One text that every call of the enrolment API takes for its answer, from an index that holds nothing yet. */
const emptyIndexAnswers = JSON.stringify({
  ...{ epoch: 'one', people: 0, households: 0 },
  ...{ records: [], next: null, received: 0, changed: 0 },
});
