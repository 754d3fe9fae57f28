import { cp, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoToken } from '@tavolo/embedded-hub';
import { type Asker, ask, tablesQuestion } from '@tavolo/harness';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';
import { runTavolo } from './run-tavolo.ts';

const { gatewayUrl, issuerUrl, folder: hubFolder, subgraphUrls } = inject('sharedHub');
let own: string;
let log: Awaited<ReturnType<typeof evidenceOf>>;
let analyst: Asker;
beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'tavolo-evidence-journey-'));
  log = await evidenceOf(hubFolder, 'gateway', own);
  analyst = { gatewayUrl, token: await demoToken(issuerUrl, 'analyst', 'urn:tavolo:graph') };
});
afterAll(() => rm(own, { recursive: true, force: true }));

it('a question that was refused is found by the field it asked for', async () => {
  const started = new Date().toISOString();
  const answer = await ask(analyst, '{ tutorMatches { nodes { id } } }');
  expect(answer.status).toBe(403);
  const found = await runTavolo([
    ...['audit', 'search', log.folder, '--json', '--from', started],
    ...['--coordinate', 'Query.tutorMatches', '--outcome', 'REFUSED'],
  ]);
  expect(found.code).toBe(0);
  const records = found.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(records).toMatchObject([
    {
      organisation: 'provincial-table',
      purposeId: 'integration-analysis',
      httpStatus: 403,
      refusal: { code: 'FORBIDDEN', coordinate: 'Query.tutorMatches' },
      requestId: answer.errors?.[0]?.extensions['errorId'],
    },
  ]);
});

it('the log of a running hub holds, and one flipped byte is named', async () => {
  const copy = join(own, 'copy');
  await cp(log.folder, copy, { recursive: true });
  const verify = () => runTavolo(['audit', 'verify', copy, '--key', log.keyFile]);
  const whole = await verify();
  expect([whole.code, whole.err]).toEqual([0, '']);

  const [segment = ''] = (await readdir(copy)).filter((name) => name.endsWith('.ndjson')).sort();
  const text = await readFile(join(copy, segment), 'utf8');
  const at = text.indexOf('"organisation":"') + '"organisation":"'.length;
  expect(at).toBeGreaterThan(100);
  const record = text.slice(0, at).split('\n').length;
  const file = await open(join(copy, segment), 'r+');
  await file.write('x', at);
  await file.close();
  const broken = await verify();
  expect(broken.code).toBe(1);
  expect(`${broken.out}${broken.err}`).toMatch(new RegExp(`\\b${record}\\b`, 'u'));
});

it('an institution finds the questions about one of its own people, by the key it enrolled them with', async () => {
  const token = await demoToken(issuerUrl, 'case-worker-province', 'urn:tavolo:graph');
  const [answer] = await tablesQuestion({ gatewayUrl, token }, 'PARMA');
  expect(answer?.errors).toBeUndefined();
  const text = await readFile(join(hubFolder, 'reception-centres', 'secrets.json'), 'utf8');
  // The launcher wrote it.
  const { personIndexToken } = JSON.parse(text) as { personIndexToken: string };
  const tokenFile = join(own, 'index-token');
  await writeFile(tokenFile, personIndexToken);
  const index = subgraphUrls['person-index'] ?? '';
  const enrolled = await fetch(`${index}/enrolment/people`, {
    headers: { authorization: `Bearer ${personIndexToken}` },
  });
  const keys = [...(await enrolled.text()).matchAll(/"([A-Za-z0-9_-]{43})"/gu)].map(
    ([, key]) => key ?? '',
  );
  expect(keys.length).toBeGreaterThan(50);
  const search = (key: string) =>
    runTavolo([
      ...['audit', 'search', log.folder, '--json', '--person', key],
      ...['--index', index, '--token-file', tokenFile],
    ]);
  // The index writes its list every few seconds; not each of the keys is a guest of today.
  const findOne = async () => {
    for (const key of keys.slice(0, 15)) {
      const { code, out } = await search(key);
      expect(code).toBe(0);
      if (out.includes('"integrated-care"')) return out;
    }
    return '';
  };
  await expect.poll(findOne, { timeout: 60_000 }).toContain('"coordinates"');
});
