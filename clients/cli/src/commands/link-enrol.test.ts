import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderWith, run } from '../run-in-folder.fixture.ts';

interface SentRecord {
  readonly sectorKey: string;
  readonly version: string;
}

const token = 'the invented token of an institution that joins';
/** What the index holds, and what it was sent. */
let held: Record<string, Map<string, string>>;
let sent: string[];
let url: string;
const server = createServer((request, response) => {
  void answer(request).then(({ status, body }) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: {} };
  const subject = request.url?.split('/').at(-1) ?? '';
  const epoch = '757f3d1c-543a-409b-8c3b-eb2f58b61d0f';
  const records = held[subject];
  if (records === undefined) {
    const [people, households] = [held['people']?.size ?? 0, held['households']?.size ?? 0];
    return { status: 200, body: { epoch, people, households, keyIds: [] } };
  }
  if (request.method === 'GET') {
    const page = [...records].map(([sectorKey, version]) => ({ sectorKey, version }));
    return { status: 200, body: { epoch, records: page, next: null } };
  }
  sent.push(`${request.method} ${subject}`);
  if (request.method === 'DELETE') {
    const { sectorKeys } = JSON.parse(text) as { sectorKeys: string[] };
    for (const key of sectorKeys) records.delete(key);
    return {
      status: 200,
      body: { epoch, received: sectorKeys.length, changed: sectorKeys.length },
    };
  }
  const batch = (JSON.parse(text) as { records: SentRecord[] }).records;
  for (const { sectorKey, version } of batch) records.set(sectorKey, version);
  return { status: 200, body: { epoch, received: batch.length, changed: batch.length } };
}

beforeEach(async () => {
  held = { people: new Map(), households: new Map() };
  sent = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const rows = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `U${at},Persona Inventata,0TVL${String(at).padStart(7, '0')},NF-1`,
  );

async function encoded(count: number): Promise<string> {
  const people = ['local_id,name,cui,household_code', ...rows(count), ''].join('\n');
  const folder = folderWith({ 'people.csv': people, token: `${token}\n` });
  const out = join(folder, 'people.encoded');
  await run(['link', 'encode', join(folder, 'people.csv'), '--out', out, '--issuer', 'centre']);
  return folder;
}

const enrol = (folder: string, ...more: string[]) =>
  run([
    ...['link', 'enrol', join(folder, 'people.encoded'), '--index', url],
    ...['--token-file', join(folder, 'token'), ...more],
  ]);

describe('link enrol', () => {
  it('sends everybody once, and nothing the second time', async () => {
    const folder = await encoded(3);
    expect(JSON.parse((await enrol(folder, '--json')).printed)).toMatchObject({
      people: { sent: 3, removed: 0 },
      households: { sent: 1, removed: 0 },
    });
    expect(sent).toEqual(['PUT people', 'PUT households']);
    expect((await enrol(folder)).exitCode).toBe(0);
    expect(sent).toHaveLength(2);
  });

  it('removes who is no longer in the file', async () => {
    await enrol(await encoded(3));
    await enrol(await encoded(2));
    expect(held['people']?.size).toBe(2);
  });

  it('sends nothing when more than half would go, unless that is said', async () => {
    await enrol(await encoded(60));
    const outcome = await enrol(await encoded(5));
    expect(outcome).toMatchObject({ exitCode: 1, printed: '' });
    expect(outcome.said).toContain('--remove-many');
    expect(held['people']?.size).toBe(60);
    expect((await enrol(await encoded(5), '--remove-many')).exitCode).toBe(0);
    expect(held['people']?.size).toBe(5);
  });

  it('says what to do when the token is none, the file no records, or the index away', async () => {
    const folder = await encoded(1);
    const other = folderWith({ token: 'another', 'people.encoded': 'local_id\nU1\n' });
    const stranger = await run([
      ...['link', 'enrol', join(folder, 'people.encoded'), '--index', url],
      ...['--token-file', join(other, 'token')],
    ]);
    expect(stranger).toMatchObject({ exitCode: 1 });
    expect(stranger.said).toContain('tavolo partner add');
    expect((await enrol(other)).said).toContain('tavolo link encode');
    const away = await run([
      ...['link', 'enrol', join(folder, 'people.encoded'), '--index', 'http://127.0.0.1:1'],
      ...['--token-file', join(folder, 'token')],
    ]);
    expect(away).toMatchObject({ exitCode: 3 });
  });

  it('gives the token to nobody over an open line', async () => {
    const folder = await encoded(1);
    const outcome = await enrol(folder, '--index', 'http://index.example.org');
    expect(outcome).toMatchObject({ exitCode: 2 });
  });
});
