import { documentHash, type TrustedDocument } from '@tavolo/schemas';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../test-subgraphs/start-test-hub.ts';

const texts = { sites: '{ sites }', guests: '{ facilities { guests { id } } }' };
const ids = { sites: documentHash(texts.sites), guests: documentHash(texts.guests) };
const trustedDocuments = new Map<string, TrustedDocument>([
  [ids.sites, { name: 'sites', document: texts.sites }],
  [ids.guests, { name: 'guests', document: texts.guests }],
]);
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ trustedDocuments });
});
afterAll(() => hub.close());
afterEach(() => {
  hub.health.misbehave(undefined);
  hub.breakEvidence(false);
  hub.records.length = 0;
});

async function get(parameters: Record<string, string>, headers: Record<string, string> = {}) {
  const search = String(new URLSearchParams(parameters));
  return fetch(`${hub.gateway.url}/graphql?${search}`, {
    headers: {
      authorization: `Bearer ${await hub.token('table', { roles: ['coordinator'] })}`,
      ...headers,
    },
  });
}

const cachingOf = ({ headers }: Response) =>
  ['cache-control', 'vary', 'etag'].map((name) => headers.get(name));

test('the asker’s own cache may keep what is of nobody, and asks whether it is still so', async () => {
  const response = await get({ documentId: ids.sites });
  expect(await response.json()).toMatchObject({ data: { sites: ['Parma'] } });
  const [cacheControl, vary, etag = null] = cachingOf(response);
  expect([cacheControl, vary]).toEqual(['private, no-cache', 'authorization, accept']);
  expect(etag).toMatch(/^"[\w-]{43}"$/u);
  const again = await get({ documentId: `sha256:${ids.sites}` }, { 'if-none-match': etag ?? '' });
  expect([again.status, await again.text(), ...cachingOf(again)]).toEqual([
    304,
    '',
    cacheControl,
    vary,
    etag,
  ]);
  // Asked, read and recorded all the same.
  expect(hub.records.map(({ httpStatus, outcome }) => [httpStatus, outcome])).toEqual([
    [200, 'ANSWERED'],
    [304, 'ANSWERED'],
  ]);
});

test('another answer is sent whole', async () => {
  const response = await get({ documentId: ids.sites }, { 'if-none-match': '"another"' });
  expect(response.status).toBe(200);
});

test.each([
  ['an answer with people', { documentId: ids.guests }],
  ['a question written out', { query: texts.sites }],
  ['an id that is none', { documentId: 'x' }],
])('nobody keeps %s', async (_title, parameters) => {
  expect(cachingOf(await get(parameters))).toEqual(['no-store', null, null]);
});

test('nobody keeps an answer that lacks something', async () => {
  hub.health.misbehave((response) => response.destroy());
  const response = await get({ documentId: ids.sites });
  expect(await response.json()).toHaveProperty('errors');
  expect(cachingOf(response)).toEqual(['no-store', null, null]);
});

test('nobody keeps the answer that there is none, when its evidence could not be kept', async () => {
  hub.breakEvidence(true);
  const response = await get({ documentId: ids.sites });
  expect(response.status).toBe(503);
  expect(cachingOf(response)).toEqual(['no-store', null, null]);
});

test('a mutation is told the method that it needs', async () => {
  const response = await get({ query: 'mutation { closeFacility }' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});
