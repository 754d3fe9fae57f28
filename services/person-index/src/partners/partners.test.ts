import { createHash } from 'node:crypto';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { createLinkageKey, createRecordEncoder } from '@tavolo/linkage';
import { readSubgraphSdl } from '@tavolo/schemas';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningPersonIndex, startPersonIndex } from '../service.ts';
import { opaque } from '../store/person-index-store.contract.ts';

const TOKENS = {
  reception: 'token-of-the-reception-centres',
  centre: 'token-of-the-employment-centre',
  reviewer: 'token-of-the-reviewing-office',
  operator: 'token-of-the-operating-office',
} as const;
type Holder = keyof typeof TOKENS;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const KEY = createRecordEncoder(createLinkageKey('k1', hashOf('an invented key'))).keyMark;
const label = { en: 'Employment centre', it: 'centro per l’impiego' };

let postgres: EmbeddedPostgres;
/** Two processes, as far as they know. */
let one: RunningPersonIndex;
let two: RunningPersonIndex;

function start(): Promise<RunningPersonIndex> {
  return startPersonIndex({
    host: '127.0.0.1',
    port: 0,
    gatewayKeys: testGatewayKeys,
    databaseUrl: postgres.url,
    poolSize: 3,
    refSecret: 'r'.repeat(32),
    storeSecret: 's'.repeat(32),
    partnerTokens: { 'reception-centres': hashOf(TOKENS.reception) },
    reviewerTokens: { office: hashOf(TOKENS.reviewer) },
    operatorTokens: { operations: hashOf(TOKENS.operator) },
    embargoDays: 7,
    retentionDays: 365,
    relinkHour: 2,
    logger: pino({ level: 'silent' }),
  });
}

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  one = await start();
  two = await start();
}, 120_000);
afterAll(async () => {
  await one.close();
  await two.close();
  await postgres.close();
});

async function send(
  holder: Holder | null,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: string,
  index = one,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${index.url}${path}`, {
    method,
    headers: {
      ...(holder === null ? {} : { authorization: `Bearer ${TOKENS[holder]}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const form = JSON.stringify({ label, tokenSha256: hashOf(TOKENS.centre) });
const takeIn = (name = 'employment-centre', body = form) =>
  send('operator', 'PUT', `/partners/${name}`, body);

function people(...names: readonly [name: string, cui: string][]): string {
  return JSON.stringify({
    key: KEY,
    records: names.map(([name, cui]) => ({
      sectorKey: opaque(name),
      version: opaque(cui),
      identifiers: [{ kind: 'CUI', keyId: 'k1', mac: opaque(cui) }],
      knownSince: '2026-01-01',
    })),
  });
}

async function ask(query: string, variables: object = {}, index = one): Promise<unknown> {
  const caller = testCaller();
  return JSON.parse(
    await askAs({ url: index.url, subgraph: 'person-index', caller }, query, variables),
  );
}

const byCentreKey = (name: string, index = one) =>
  ask(
    `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person {
      institutionCount employmentCentreKey receptionCentresKey linkage { sources } } } }`,
    { people: [{ __typename: 'Person', employmentCentreKey: opaque(name) }] },
    index,
  );

describe('the operator takes an institution in while the index runs', () => {
  it('and nobody else does, or sees who there is', async () => {
    for (const holder of [null, 'reception', 'reviewer', 'centre'] as const) {
      for (const [method, body] of [['GET'], ['PUT', form], ['DELETE']] as const) {
        const path = method === 'GET' ? '/partners' : '/partners/employment-centre';
        expect((await send(holder, method, path, body)).status).toBe(401);
      }
    }
    expect((await send('operator', 'PUT', '/enrolment/people', people(['a', '1']))).status).toBe(
      401,
    );
    expect((await send('operator', 'GET', '/review/queue')).status).toBe(401);
    expect((await send(null, 'GET', '/partners/sdl')).text).toBe(readSubgraphSdl('person-index'));
  });

  it.each([
    ['social-services', form],
    ['person-index', form],
    ['..%2Fx', form],
    ['__proto__', form],
    ['constructor', form],
    ['A', form],
    ['jobs', '{}'],
    ['jobs', '[]'],
    ['jobs', '{"label":{"en":"a","it":"b"},"tokenSha256":"x"}'],
    ['jobs', `{"label":{"en":"a\\"","it":"b"},"tokenSha256":"${'a'.repeat(64)}"}`],
    ['jobs', `{"label":{"en":"a","it":"b"},"tokenSha256":"${'a'.repeat(64)}","more":1}`],
    ['jobs', `{"label":{"en":"a","it":"b"},"tokenSha256":"${hashOf(TOKENS.reception)}"}`],
    ['jobs', `{"label":{"en":"a","it":"b"},"tokenSha256":"${hashOf(TOKENS.operator)}"}`],
    ['jobs', '{"__proto__":{"label":1}}'],
  ])('not as %s with %s', async (name, body) => {
    expect((await takeIn(name, body)).status).toBe(400);
    expect((await send(null, 'GET', '/partners/sdl')).text).toBe(readSubgraphSdl('person-index'));
  });

  it('not with anything else that is thrown at it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 60 }),
        fc.json({ maxDepth: 3 }),
        async (name, body) => {
          const { status } = await takeIn(`x${encodeURIComponent(name)}`, body);
          expect([400, 404]).toContain(status);
        },
      ),
      { numRuns: 60 },
    );
    expect((await takeIn('jobs', `"${'x'.repeat(20_000)}"`)).status).toBe(413);
  });

  it('its key is in the schema at once, here and soon in every other process; questions under way are answered', async () => {
    await send('reception', 'PUT', '/enrolment/people', people(['r', '1']));
    const question = () =>
      ask(
        `query ($people: [_Any!]!) { _entities(representations: $people) {
          ... on Person { institutionCount } } }`,
        { people: [{ __typename: 'Person', receptionCentresKey: opaque('r') }] },
      );
    const asked = [question(), question(), question()];
    const taken = takeIn();
    for (let at = 0; at < 60; at += 1) asked.push(question());
    expect(JSON.parse((await taken).text)).toEqual({
      name: 'employment-centre',
      state: 'ENROLLING',
      keyField: 'employmentCentreKey',
      institution: 'EMPLOYMENT_CENTRE',
    });
    for (const answer of await Promise.all(asked)) {
      expect(answer).toMatchObject({ data: { _entities: [{ institutionCount: 1 }] } });
    }
    expect((await takeIn()).status).toBe(200);
    const { text } = await send(null, 'GET', '/partners/sdl');
    expect(text).toContain('employmentCentreKey: ID @inaccessible');
    expect(await ask('{ _service { sdl } }')).toMatchObject({ data: { _service: { sdl: text } } });
    await vi.waitFor(
      async () =>
        expect(await byCentreKey('e', two)).toMatchObject({ data: { _entities: [null] } }),
      { timeout: 20_000 },
    );
  });

  it('it enrols with its own token, is joined to the others, counted and told of', async () => {
    const enrolled = await send('centre', 'PUT', '/enrolment/people', people(['e', '1']));
    expect(enrolled.status).toBe(200);
    const joined = {
      data: {
        _entities: [
          {
            institutionCount: 2,
            employmentCentreKey: opaque('e'),
            receptionCentresKey: opaque('r'),
            linkage: { sources: ['RECEPTION_CENTRES', 'EMPLOYMENT_CENTRE'] },
          },
        ],
      },
    };
    expect(await byCentreKey('e')).toMatchObject(joined);
    expect(await byCentreKey('e', two)).toMatchObject(joined);
    const status = (await ask(
      '{ personIndexStatus { partners { institution people } peopleByInstitutionCount { institutions people } } }',
    )) as {
      data: { personIndexStatus: { partners: object[]; peopleByInstitutionCount: object[] } };
    };
    expect(status.data.personIndexStatus.partners.at(-1)).toEqual({
      institution: 'EMPLOYMENT_CENTRE',
      people: 0,
    });
    expect(status.data.personIndexStatus.peopleByInstitutionCount).toHaveLength(5);
    const theirs = `/enrolment/people/${opaque('e')}/accesses`;
    await vi.waitFor(
      async () => expect((await send('centre', 'GET', theirs)).text).toContain('test-purpose'),
      { timeout: 20_000 },
    );
    expect((await send('reception', 'GET', theirs)).text).toBe('{"accesses":[]}');
  });

  it('and out: its token and its key mean nobody at once, its records are forgotten, the graph still asks', async () => {
    expect((await send('operator', 'DELETE', '/partners/employment-centre')).status).toBe(200);
    expect((await send('centre', 'GET', '/enrolment/figures')).status).toBe(401);
    expect(await byCentreKey('e')).toEqual(
      expect.objectContaining({ data: { _entities: [null] } }),
    );
    expect((await send(null, 'GET', '/partners/sdl')).text).toBe(readSubgraphSdl('person-index'));
    const listed = await send('operator', 'GET', '/partners');
    expect(listed.text).toContain('"state":"REMOVED"');
    expect(listed.text).not.toContain(hashOf(TOKENS.centre));
    // Its records go beside the answers; then it may come back, with none.
    await vi.waitFor(async () => expect((await takeIn()).status).toBe(200), { timeout: 20_000 });
    expect((await send('centre', 'GET', '/enrolment/figures')).text).toContain('"people":0');
    for (const name of ['reception-centres', 'nobody', 'sdl']) {
      expect((await send('operator', 'DELETE', `/partners/${name}`)).status).toBe(404);
    }
  });
});
