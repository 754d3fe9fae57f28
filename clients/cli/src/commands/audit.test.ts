import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type OperationRecord, openEvidenceLog } from '@tavolo/evidence';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { folderWith, run } from '../run-in-folder.fixture.ts';

function operation(number: number): OperationRecord {
  return {
    kind: 'operation',
    at: `2026-11-22T10:00:0${number}.000Z`,
    uri: '/graphql',
    operationName: null,
    documentHash: null,
    method: 'POST',
    outcome: number === 3 ? 'REFUSED' : 'ANSWERED',
    httpStatus: number === 3 ? 403 : 200,
    refusal: number === 3 ? { code: 'FORBIDDEN', reason: null, coordinate: 'Person.name' } : null,
    clientIp: '192.0.2.1',
    organisation: 'comune-di-prova',
    clientId: 'dashboard',
    user: `pseudonym-${number}`,
    purposeId: 'provincial-table',
    purposeVersion: 1,
    requestId: `request-${number}`,
    coordinates: ['Query.people'],
    coordinateCount: 1,
    subgraphs: [],
    rows: number,
    persons: number,
    withheld: 0,
    cellsSuppressed: 0,
    cost: { estimated: 1, counted: 1 },
    durationMs: 1,
  };
}

/** A log of five invented operations, and its key in a file. */
async function auditedLog() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const folder = folderWith({});
  const log = await openEvidenceLog({
    folder,
    signingKey: { ...(await exportJWK(privateKey)), kid: 'audit-test' },
    now: () => new Date('2026-11-22T10:00:00Z'),
    onAlarm: () => undefined,
  });
  for (let number = 1; number <= 5; number += 1) await log.append(operation(number));
  await log.close();
  const jwk = { ...(await exportJWK(publicKey)), kid: 'audit-test' };
  return { folder, key: join(folderWith({ 'key.json': JSON.stringify(jwk) }), 'key.json') };
}

const segment = 'segment-00000001.ndjson';

describe('audit verify', () => {
  it('ends with 0 for a whole log and with 1 for another, and names the first bad record', async () => {
    const { folder, key } = await auditedLog();
    const whole = await run(['audit', 'verify', folder, '--key', key, '--json']);
    expect(whole).toMatchObject({ exitCode: 0, said: '' });
    expect(JSON.parse(whole.printed)).toMatchObject({
      isWhole: true,
      records: 6,
      keysFrom: 'FILE',
    });
    const file = join(folder, segment);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"rows":3', '"rows":4'));
    const broken = await run(['audit', 'verify', folder, '--key', key]);
    expect(broken.exitCode).toBe(1);
    expect(broken.printed).toContain(`broken: CHANGED at ${segment}, line 4, record 4`);
  });

  it('warns when it has no key but the one that the log names itself', async () => {
    const { folder } = await auditedLog();
    const { exitCode, said } = await run(['audit', 'verify', folder]);
    expect(exitCode).toBe(0);
    expect(said).toContain('says nothing of who wrote it');
  });

  it('holds a log against a checkpoint that was kept elsewhere', async () => {
    const [one, other] = [await auditedLog(), await auditedLog()];
    const { printed } = await run(['audit', 'checkpoint', one.folder, '--key', one.key]);
    const kept = join(folderWith({ kept: printed }), 'kept');
    expect(
      (await run(['audit', 'verify', one.folder, '--key', one.key, '--checkpoint', kept])).exitCode,
    ).toBe(0);
    expect(
      (await run(['audit', 'verify', other.folder, '--key', one.key, '--checkpoint', kept]))
        .exitCode,
    ).toBe(1);
  });

  it.each([
    ['no folder', ['verify', '/nowhere/at/all']],
    ['no key file', ['verify', '.', '--key', '/nowhere/key']],
    ['a moment that is none', ['search', '.', '--from', 'yesterday']],
    ['a person without an index', ['search', '.', '--person', 'x'.repeat(43)]],
    [
      'a token sent in clear',
      [
        'search',
        '.',
        '--person',
        'x'.repeat(43),
        '--index',
        'http://index.example',
        '--token-file',
        'f',
      ],
    ],
    ['an unknown option', ['verify', '.', '--nothing']],
  ])('ends with 2 for %s', async (_name, args) => {
    expect((await run(['audit', ...args])).exitCode).toBe(2);
  });
});

describe('audit search and export', () => {
  let close: (() => void) | undefined;
  afterEach(() => close?.());

  it('finds records by what is asked, a line each', async () => {
    const { folder } = await auditedLog();
    const found = await run([
      'audit',
      'search',
      folder,
      '--refusal',
      'FORBIDDEN',
      '--coordinate',
      'Person',
      '--json',
    ]);
    expect(JSON.parse(found.printed)).toMatchObject({ requestId: 'request-3', seq: 4 });
    const page = await run([
      'audit',
      'search',
      folder,
      '--kind',
      'operation',
      '--first',
      '2',
      '--after',
      '2',
    ]);
    expect(page.printed.match(/requestId=request-\d/gu)).toEqual([
      'requestId=request-2',
      'requestId=request-3',
    ]);
    expect(page.said).toContain('more with --after 4');
  });

  it('finds the questions about a person, by what the index answers the institution that knows them', async () => {
    const { folder } = await auditedLog();
    const asked: (string | undefined)[] = [];
    const accesses = [
      {
        day: '2026-11-22',
        purpose: 'provincial-table',
        times: 3,
        requestIds: ['request-2', 'request-5'],
      },
    ];
    const server = createServer((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end(JSON.stringify({ accesses }));
    }).listen(0, '127.0.0.1');
    close = () => server.close();
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const token = join(folderWith({ token: 'an-invented-token\n' }), 'token');
    const key = 'k'.repeat(43);
    const { exitCode, printed, said } = await run([
      'audit',
      'search',
      folder,
      '--person',
      key,
      '--index',
      `http://127.0.0.1:${port}`,
      '--token-file',
      token,
    ]);
    expect(exitCode).toBe(0);
    expect(printed.match(/requestId=request-\d/gu)).toEqual([
      'requestId=request-2',
      'requestId=request-5',
    ]);
    expect(said).toContain('3 times, in 2 questions');
    expect(asked).toEqual([`/enrolment/people/${key}/accesses`, 'Bearer an-invented-token']);
    expect(printed + said).not.toContain('an-invented-token');
  });

  it('exports a pack that verifies as one', async () => {
    const { folder, key } = await auditedLog();
    const out = join(folderWith({}), 'pack');
    expect((await run(['audit', 'export', folder, '--out', out, '--key', key])).exitCode).toBe(0);
    expect((await run(['audit', 'verify', out, '--pack', '--key', key])).exitCode).toBe(0);
    expect((await run(['audit', 'verify', out, '--key', key])).exitCode).toBe(1);
    expect((await run(['audit', 'export', folder, '--out', out, '--key', key])).exitCode).toBe(1);
  });
});
