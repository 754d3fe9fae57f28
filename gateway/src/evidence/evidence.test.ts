import { createHash } from 'node:crypto';
import { documentHash, type TrustedDocument } from '@tavolo/schemas';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hubState } from '../test-subgraphs/hub-graph.ts';
import {
  startTestHub,
  type TestHub,
  type TestHubOptions,
} from '../test-subgraphs/start-test-hub.ts';

const hubs: TestHub[] = [];
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});
async function start(options: TestHubOptions = {}): Promise<TestHub> {
  const hub = await startTestHub(options);
  hubs.push(hub);
  return hub;
}
async function send(hub: TestHub, purposeId: string, body: object) {
  const response = await fetch(`${hub.gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await hub.token(purposeId)}`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  // The tests assert on what is in it.
  return {
    status: response.status,
    text,
    ...(JSON.parse(text) as { data?: unknown; errors?: { extensions: Record<string, unknown> }[] }),
  };
}

describe('a record that cannot be kept', () => {
  test('keeps the answer back whole, and the next one leaves when records are kept again', async () => {
    const hub = await start();
    hub.breakEvidence(true);
    const kept = await hub.ask('analysis', '{ facilities { name } }');
    expect(kept.status).toBe(503);
    expect(kept.errors?.[0]?.extensions['code']).toBe('EVIDENCE_UNAVAILABLE');
    expect(kept.text).not.toContain('Casa');
    expect(hub.logLines.join('')).toContain('EVIDENCE_LOST');
    const refused = await fetch(`${hub.gateway.url}/graphql`, { method: 'POST' });
    expect(refused.status).toBe(503);
    hub.breakEvidence(false);
    expect((await hub.ask('analysis', '{ sites }')).data).toEqual({ sites: ['Parma'] });
    expect(hub.records).toHaveLength(1);
  });

  test('is counted and alarmed where the configuration says so', async () => {
    const hub = await start({ policy: 'count-and-alarm' });
    hub.breakEvidence(true);
    expect((await hub.ask('analysis', '{ sites }')).data).toEqual({ sites: ['Parma'] });
    expect((await hub.ask('analysis', '{ sites }')).data).toEqual({ sites: ['Parma'] });
    expect(hub.logLines.filter((line) => line.includes('EVIDENCE_LOST')).at(-1)).toContain(
      '"lost":2',
    );
  });
});

test('a record says who, for what, which fields, how much, and nothing of what was given or answered', async () => {
  const hub = await start();
  const query = 'query Named($id: ID!) { facility(id: $id) { id name guests { id events } } }';
  await hub.ask('care', query, { id: 'f1' });
  expect(hub.records[0]).toMatchObject({
    outcome: 'ANSWERED',
    organisation: 'comune-di-prova',
    clientId: 'desk',
    purposeId: 'care',
    purposeVersion: 1,
    operationName: null,
    documentHash: documentHash(query),
    coordinates: [
      'Facility.guests',
      'Facility.id',
      'Facility.name',
      'Person.events',
      'Person.id',
      'Query.facility',
    ],
    persons: 1,
    rows: 1,
    uri: '/graphql',
  });
  expect(hub.records[0]?.user).not.toContain('subject');
  expect(hub.records[0]?.subgraphs.map(({ subgraph, status }) => [subgraph, status])).toEqual([
    ['reception-centres', 'OK'],
    ['health-authority', 'OK'],
  ]);
  const text = await hub.evidenceText();
  expect(text).not.toMatch(/Casa|event of|"f1"|"p1"|subject-1/u);
});

describe('trusted documents', () => {
  const document = 'query Table { facilities { name } }';
  const hash = documentHash(document);
  const trustedDocuments = new Map<string, TrustedDocument>([[hash, { name: 'table', document }]]);

  test('run by id and by text; another text beside the id is not what runs', async () => {
    const hub = await start({ trustedDocuments });
    const expected = { facilities: [{ name: 'Casa Uno' }, { name: 'Casa Due' }] };
    expect((await send(hub, 'table', { documentId: hash })).data).toEqual(expected);
    expect((await send(hub, 'table', { documentId: `sha256:${hash}` })).data).toEqual(expected);
    expect((await send(hub, 'table', { query: `# the table\n${document}` })).data).toEqual(
      expected,
    );
    const other = { documentId: hash, query: '{ hiddenRooms { hiddenName } }' };
    const told = await send(hub, 'table', other);
    expect(told.data).toEqual(expected);
    expect(hub.reception.questions.some(({ query }) => query.includes('hiddenRooms'))).toBe(false);
    for (const record of hub.records) {
      expect(record).toMatchObject({ operationName: 'Table', documentHash: hash });
    }
  });

  test.each([
    ['an id of nothing', { documentId: createHash('sha256').update('x').digest('hex') }],
    ['an id that is a name of Object’s', { documentId: 'constructor' }],
    ['a word more', { query: 'query Table { facilities { name id } }' }],
  ])('%s is refused', async (_title, body) => {
    const hub = await start({ trustedDocuments });
    const told = await send(hub, 'table', body);
    expect([told.status, told.errors?.[0]?.extensions['code']]).toEqual([
      403,
      'DOCUMENT_NOT_TRUSTED',
    ]);
    expect(hub.calls).toBe(0);
  });
});

describe('the context of a call', () => {
  test('is for that subgraph and body, says what the registry says, and holds once', async () => {
    const hub = await start();
    const answer = await hub.ask('care', '{ facilities { guests { events } } }');
    expect(answer.errors).toBeUndefined();
    const common = {
      organisation: 'comune-di-prova',
      partner: null,
      roles: ['case-worker'],
      purposeId: 'care',
      purposeVersion: 1,
      districts: ['PARMA'],
      requestId: answer.headers.get('x-request-id'),
    };
    expect(hub.reception.questions.map(({ caller }) => caller)).toMatchObject([
      { ...common, categories: [] },
    ]);
    expect(hub.health.questions.map(({ caller }) => caller)).toMatchObject([
      { ...common, categories: ['HEALTH'] },
    ]);
    expect([...hub.reception.refused, ...hub.health.refused]).toEqual([]);
  });

  test('is signed anew for a second attempt, which is no replay', async () => {
    const hub = await start();
    let attempts = 0;
    hub.health.misbehave((response) => {
      attempts += 1;
      hub.health.misbehave(undefined);
      response.writeHead(503).end();
    });
    expect((await hub.ask('analysis', '{ sites }')).data).toEqual({ sites: ['Parma'] });
    expect(attempts).toBe(1);
    expect(hub.health.questions).toHaveLength(2);
    expect(hub.health.refused).toEqual([]);
  });

  test('is not made for a suspended institution: it is not asked, and told as DENIED', async () => {
    const hub = await start();
    const state = hubState(hub.issuer.url);
    hub.setState({
      ...state,
      version: 2,
      partners: state.partners.map((partner) =>
        partner.id === 'health-authority'
          ? {
              ...partner,
              suspensions: [
                { side: 'hub', by: 'hub', reason: 'a pause', at: '2026-11-22T09:00:00Z' },
              ],
            }
          : partner,
      ),
    });
    const answer = await hub.ask('analysis', '{ sites facilities { name } }');
    expect(answer.data).toMatchObject({ sites: null, facilities: [{ name: 'Casa Uno' }, {}] });
    expect(answer.extensions.sources[0]).toMatchObject({
      name: 'health-authority',
      status: 'DENIED',
      reason: 'SUSPENDED',
    });
    expect(hub.health.questions).toEqual([]);
  });
});

test('a hidden field and one that does not exist are told in the same bytes, but for their names', async () => {
  const hub = await start();
  const probe = async (query: string) => {
    const { status, text, headers } = await hub.ask('analysis', query);
    const plain = text
      .replace(/[0-9a-f-]{36}/gu, 'ID')
      .replace(/hiddenRooms|hiddenWorms|HiddenRoom|HiddenWorm/gu, 'X');
    return JSON.stringify([
      status,
      plain,
      headers.get('content-length'),
      Number(headers.get('x-ratelimit-limit')),
    ]);
  };
  for (const write of [
    (word: string) => `{ ${word}s { hiddenName } }`.replace('Room', 'Room').replace('H', 'h'),
    (word: string) => `{ ${word}s(first: 100000000) { hiddenName } }`.replace('H', 'h'),
    (word: string) => `{ sites ... on ${word} { hiddenName } }`,
    (word: string) => `{ sites ... on ${word} { __typename } }`,
    (word: string) => `{ __type(name: "${word}") { name } }`,
  ]) {
    expect(await probe(write('HiddenRoom'))).toBe(await probe(write('HiddenWorm')));
  }
  // Neither costs more than the other: what is left falls by the same each time.
  const left: number[] = [];
  for (const word of ['Rooms', 'Worms', 'Rooms']) {
    const { headers } = await hub.ask('analysis', `{ hidden${word}(first: 5000) { hiddenName } }`);
    left.push(Number(headers.get('x-ratelimit-remaining')));
  }
  const [first = 0, second = 0, third = 0] = left;
  expect(first - second).toBeGreaterThan(0);
  expect(first - second).toBe(second - third);
});

test('a flood of strangers is answered 429 and recorded as one, and whoever has a token passes', async () => {
  const hub = await start({ limits: { strangersPerMinute: 5 } });
  const statuses: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    const response = await fetch(`${hub.gateway.url}/graphql`, { method: 'POST' });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  expect((await hub.ask('analysis', '{ sites }')).status).toBe(200);
  expect(hub.records).toHaveLength(6);
  await vi.waitFor(async () => expect(await hub.evidenceText()).toContain('"anomaly":"REFUSALS"'));
});
