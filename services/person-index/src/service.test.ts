import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import {
  createLinkageKey,
  createRecordEncoder,
  type Enrolment,
  startEnrolment,
} from '@tavolo/linkage';
import type { Caller } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { opaque } from './store/person-index-store.contract.ts';

const linkageKey = createLinkageKey(
  'k1',
  'c90f3a5be17d42688b0edd91a7350cf4662f9b8e04d1735ac8e2b1904f6d7a13',
);
const TOKENS = {
  'reception-centres': 'token-of-the-reception-centres',
  'social-services': 'token-of-the-social-services',
} as const;
type Writer = keyof typeof TOKENS;
const REVIEWER = 'token-of-the-reviewing-office';
const KEY = createRecordEncoder(linkageKey).keyMark;

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

describe('person index service', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let index: ChildProcess;
  let url: string;
  /** Everything the process says, at its most talkative. */
  let log = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tavolo-index-'));
    postgres = await startPostgres(0);
    index = spawn(process.execPath, ['--import', 'tsx', main], {
      env: {
        PORT: '0',
        GATEWAY_KEYS: JSON.stringify(testGatewayKeys),
        LOG_LEVEL: 'debug',
        DATABASE_URL: postgres.url,
        REF_SECRET: 'r'.repeat(32),
        STORE_SECRET: 's'.repeat(32),
        REVIEWER_TOKENS: JSON.stringify({ office: hashOf(REVIEWER) }),
        PARTNER_TOKENS: JSON.stringify({
          'reception-centres': hashOf(TOKENS['reception-centres']),
          'social-services': hashOf(TOKENS['social-services']),
        }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    url = await new Promise((resolve) => {
      const read = (chunk: Buffer): void => {
        log += chunk.toString();
        const found = /"url":"([^"]+)","msg":"listening"/.exec(log)?.[1];
        if (found !== undefined) resolve(found);
      };
      index.stdout?.on('data', read);
      index.stderr?.on('data', read);
    });
  });
  afterAll(async () => {
    index.kill('SIGTERM');
    expect(await once(index, 'exit')).toEqual([0, null]);
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  });

  function startPostgres(port: number): Promise<EmbeddedPostgres> {
    return startEmbeddedPostgres({ dataDir: join(folder, 'store'), port, host: '127.0.0.1' });
  }

  async function send(
    writer: Writer | null,
    method: 'GET' | 'PUT' | 'DELETE',
    path: string,
    body?: string,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${url}/enrolment/${path}`, {
      method,
      headers: {
        ...(writer === null ? {} : { authorization: `Bearer ${TOKENS[writer]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  }

  function batch(...people: [name: string, cui: string][]): string {
    return JSON.stringify({
      key: KEY,
      records: people.map(([name, cui]) => ({
        sectorKey: opaque(name),
        version: opaque(cui),
        identifiers: [{ kind: 'CUI', keyId: 'k1', mac: opaque(cui) }],
        knownSince: '2026-01-01',
      })),
    });
  }

  async function ask(
    query: string,
    variables: object = {},
    changes: Partial<Caller> = {},
  ): Promise<unknown> {
    const caller = testCaller(changes);
    return JSON.parse(await askAs({ url, subgraph: 'person-index', caller }, query, variables));
  }

  it('answers a person from any institution’s key, and nobody for a key it does not know or was not given', async () => {
    await send('reception-centres', 'PUT', 'people', batch(['r', '1'], ['alone', '2']));
    await send('social-services', 'PUT', 'people', batch(['s', '1']));
    const answer = await ask(
      `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person {
        ref institutionCount receptionCentresKey socialServicesKey healthAuthorityKey } } }`,
      {
        people: [
          { __typename: 'Person', receptionCentresKey: opaque('r') },
          { __typename: 'Person', socialServicesKey: opaque('s') },
          { __typename: 'Person', receptionCentresKey: opaque('alone') },
          { __typename: 'Person', receptionCentresKey: opaque('unknown') },
          { __typename: 'Person', healthAuthorityKey: null },
          { __typename: 'Person', id: 'no-id' },
        ],
      },
    );
    const linked = {
      institutionCount: 2,
      receptionCentresKey: opaque('r'),
      socialServicesKey: opaque('s'),
      healthAuthorityKey: null,
    };
    expect(answer).toMatchObject({
      data: { _entities: [linked, linked, { institutionCount: 1 }, null, null, null] },
      extensions: { source: { completeness: null, stale: false } },
    });
    expect(answer).not.toHaveProperty('errors');
    const refs = (answer as { data: { _entities: ({ ref: string } | null)[] } }).data._entities.map(
      (person) => person?.ref,
    );
    expect(refs[0]).toBe(refs[1]);
    expect(refs[0]).not.toBe(refs[2]);
  });

  it('shows nobody to who does not work with people, as if nobody were enrolled', async () => {
    const read = (key: string, roles: string[]) =>
      ask(
        `query ($people: [_Any!]!) { _entities(representations: $people) {
          ... on Person { ref institutionCount receptionCentresKey } } }`,
        { people: [{ __typename: 'Person', receptionCentresKey: opaque(key) }] },
        { roles },
      );
    const unknown = await read('unknown', ['case-worker']);
    for (const role of ['coordinator', 'analyst', 'partner-it', 'hub-operator']) {
      expect(await read('r', [role])).toEqual(unknown);
    }
    expect(await read('r', ['case-worker'])).not.toEqual(unknown);
  });

  it('gives one purpose one reference and two purposes two, and says how sure it is', async () => {
    const refFor = async (purposeId: string) => {
      const answer = (await ask(
        `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person {
          ref linkage { confidence sources } } } }`,
        { people: [{ __typename: 'Person', receptionCentresKey: opaque('r') }] },
        { purposeId },
      )) as { data: { _entities: { ref: string; linkage: { confidence: number } }[] } };
      expect(answer).toMatchObject({
        data: {
          _entities: [{ linkage: { sources: ['RECEPTION_CENTRES', 'SOCIAL_SERVICES'] } }],
        },
        extensions: { source: { linkage: { precision: { high: 1 }, recall: { high: 0.997 } } } },
      });
      const [person] = answer.data._entities;
      expect(person?.linkage.confidence).toBeGreaterThan(0.99);
      return person?.ref;
    };
    const refs = [await refFor('table'), await refFor('research'), await refFor('care')];
    expect(new Set(refs).size).toBe(3);
    expect(await refFor('table')).toBe(refs[0]);
  });

  it('lets only a reviewing office see doubts and decide, and never an institution', async () => {
    const review = (token: string, method: string, path: string, body?: object) =>
      fetch(`${url}/review/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    for (const path of ['queue', 'events', 'quality', 'nothing']) {
      expect((await review(TOKENS['social-services'], 'GET', path)).status).toBe(401);
    }
    expect(await (await review(REVIEWER, 'GET', 'queue')).json()).toEqual({ pairs: [] });
    const pair = {
      a: { partner: 'reception-centres', sectorKey: opaque('r') },
      b: { partner: 'social-services', sectorKey: opaque('s') },
    };
    const decide = (body: object) => review(REVIEWER, 'POST', 'decisions', body);
    expect((await decide({ ...pair, verdict: 'MAYBE' })).status).toBe(400);
    expect((await decide({ ...pair, a: pair.b, verdict: 'TWO_PEOPLE' })).status).toBe(400);
    const nobody = { partner: 'health-authority', sectorKey: opaque('nobody') };
    expect((await decide({ ...pair, a: nobody, verdict: 'TWO_PEOPLE' })).status).toBe(404);
    expect((await decide({ ...pair, verdict: 'SAME_PERSON' })).status).toBe(200);
    const events = (await (await review(REVIEWER, 'GET', 'events')).json()) as { events: object[] };
    expect(events.events.at(-1)).toMatchObject({ kind: 'CONFIRMED', records: 2 });
  });

  it('lists everybody to who loads facts, by references that find them again, and to nobody else', async () => {
    const list = async (variables: object, changes: Partial<Caller>) =>
      (await ask(
        `query ($first: Int!, $after: String) { people(first: $first, after: $after) {
          nodes { coordinationTableRef ref receptionCentresKey } pageInfo { hasNextPage endCursor } } }`,
        variables,
        changes,
      )) as { data: { people: { nodes: Listed[]; pageInfo: PageInfo } | null } };
    interface Listed {
      readonly coordinationTableRef: string;
      readonly ref: string;
      readonly receptionCentresKey: string;
    }
    interface PageInfo {
      readonly hasNextPage: boolean;
      readonly endCursor: string;
    }
    const loader = { roles: ['fact-loader'], purposeId: 'table-facts' };
    const first = (await list({ first: 1 }, loader)).data.people;
    const { endCursor } = first?.pageInfo ?? { endCursor: '' };
    const second = (await list({ first: 1, after: endCursor }, loader)).data.people;
    expect([first?.pageInfo.hasNextPage, second?.pageInfo.hasNextPage]).toEqual([true, false]);
    const everybody = [...(first?.nodes ?? []), ...(second?.nodes ?? [])];
    expect(everybody.map((one) => one.receptionCentresKey).sort()).toEqual(
      [opaque('r'), opaque('alone')].sort(),
    );
    for (const one of everybody) expect(one.ref).toBe(one.coordinationTableRef);
    expect(Buffer.from(endCursor, 'base64url').toString('latin1')).not.toContain(
      everybody[0]?.ref ?? '',
    );
    for (const after of ['', 'x', endCursor.slice(0, -4)]) {
      expect(await list({ first: 1, after }, loader)).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
    }
    const otherPurpose = { ...loader, purposeId: 'table' };
    expect(await list({ first: 1, after: endCursor }, otherPurpose)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    for (const role of ['case-worker', 'coordinator', 'analyst']) {
      expect((await list({ first: 1 }, { roles: [role] })).data).toEqual({ people: null });
    }
    const found = await ask(
      `query ($people: [_Any!]!) { _entities(representations: $people) {
        ... on Person { receptionCentresKey } } }`,
      {
        people: [...everybody, { coordinationTableRef: opaque('nobody') }].map(
          ({ coordinationTableRef }) => ({ __typename: 'Person', coordinationTableRef }),
        ),
      },
      { roles: ['case-worker'] },
    );
    expect(found).toMatchObject({
      data: {
        _entities: [...everybody.map(({ receptionCentresKey }) => ({ receptionCentresKey })), null],
      },
    });
  });

  it('publishes figures about itself, rounded so that one person more does not show', async () => {
    expect(
      await ask(`{ personIndexStatus { people conflicts partners { institution people }
        peopleByInstitutionCount { institutions people } } }`),
    ).toMatchObject({
      data: {
        personIndexStatus: {
          people: 0,
          conflicts: 0,
          partners: [
            { institution: 'RECEPTION_CENTRES', people: 0 },
            { institution: 'HEALTH_AUTHORITY', people: 0 },
            { institution: 'SOCIAL_SERVICES', people: 0 },
            { institution: 'VOLUNTEER_REGISTRY', people: 0 },
          ],
          peopleByInstitutionCount: [
            { institutions: 1, people: 0 },
            { institutions: 2, people: 0 },
            { institutions: 3, people: 0 },
            { institutions: 4, people: 0 },
          ],
        },
      },
    });
  });

  it.each([
    ['no token', undefined],
    ['a wrong token', 'Bearer token-of-the-health-authority'],
    ['another scheme', `Basic ${TOKENS['social-services']}`],
    ['the hash of a token', `Bearer ${hashOf(TOKENS['social-services'])}`],
  ])('lets nobody in who shows %s', async (_name, authorization) => {
    for (const [method, path] of [
      ['PUT', 'people'],
      ['DELETE', 'households'],
      ['GET', 'people'],
      ['GET', 'figures'],
      ['GET', 'nothing'],
    ]) {
      const response = await fetch(`${url}/enrolment/${path ?? ''}`, {
        method: method ?? '',
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        code: 'UNAUTHENTICATED',
        message: 'A bearer token is needed',
      });
    }
  });

  it('answers the same to an institution whether or not anybody else knows the person', async () => {
    const known = await send('social-services', 'PUT', 'people', batch(['x', '2']));
    const unknown = await send('social-services', 'PUT', 'people', batch(['y', '3']));
    expect(known).toEqual(unknown);
    const gone = (name: string) => JSON.stringify({ sectorKeys: [opaque(name)] });
    await send('social-services', 'DELETE', 'people', gone('alone'));
    expect((await send('reception-centres', 'GET', 'figures')).text).toContain('"people":2');
    await send('social-services', 'DELETE', 'people', gone('x'));
    await send('social-services', 'DELETE', 'people', gone('y'));
  });

  const CANARY = 'CANARYAmadouDiallo';
  const sound = { kind: 'CUI', keyId: 'k1', mac: opaque('1') };
  const record = { sectorKey: opaque('c'), version: opaque('c'), identifiers: [sound] };
  it.each([
    ['a sector key', { ...record, sectorKey: CANARY }],
    ['a version', { ...record, version: CANARY }],
    ['an encoding', { ...record, identifiers: [{ ...sound, mac: CANARY }] }],
    ['a kind', { ...record, identifiers: [{ ...sound, kind: CANARY }] }],
    ['a key id', { ...record, identifiers: [{ ...sound, keyId: `${CANARY}!` }] }],
    ['a date', { ...record, identifiers: [{ ...sound, validFrom: CANARY }] }],
    ['a year no calendar has', { ...record, identifiers: [{ ...sound, validFrom: '0000-01-01' }] }],
    ['an unknown field', { ...record, name: CANARY }],
    ['the name of a field', { ...record, [CANARY]: 1 }],
    ['a field of an identifier', { ...record, identifiers: [{ ...sound, [CANARY]: CANARY }] }],
  ])(
    'refuses a name as %s, keeps nothing of the batch and repeats it nowhere',
    async (_name, bad) => {
      const before = await send('reception-centres', 'GET', 'figures');
      const good = { ...record, sectorKey: opaque('good') };
      const answer = await send(
        'reception-centres',
        'PUT',
        'people',
        JSON.stringify({ key: KEY, records: [good, bad] }),
      );
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('records.1');
      expect(answer.text).not.toContain(CANARY);
      expect(log).not.toContain(CANARY);
      expect(await send('reception-centres', 'GET', 'figures')).toEqual(before);
    },
  );

  it.each([
    ['no JSON', `{"records": ${CANARY}`, 400],
    ['an empty batch', JSON.stringify({ key: KEY, records: [] }), 400],
    ['no key mark', JSON.stringify({ records: [record] }), 400],
    [
      'another key of the same name',
      JSON.stringify({ key: { ...KEY, check: 'ffffffff' }, records: [record] }),
      400,
    ],
    [
      'too many records',
      JSON.stringify({ key: KEY, records: Array.from({ length: 501 }, () => record) }),
      400,
    ],
    ['one key twice', JSON.stringify({ key: KEY, records: [record, record] }), 400],
    ['more than a megabyte', JSON.stringify({ key: KEY, records: ['x'.repeat(1_100_000)] }), 413],
  ])('refuses %s', async (_name, body, status) => {
    const answer = await send('reception-centres', 'PUT', 'people', body);
    expect(answer.status).toBe(status);
    expect(answer.text + log).not.toContain(CANARY);
  });

  it('is kept up to date by the encoder, and takes households with their members', async () => {
    let enrolment: Enrolment | undefined;
    await new Promise((resolve, reject) => {
      enrolment = startEnrolment({
        indexUrl: url,
        token: TOKENS['social-services'],
        linkageKey,
        people: async function* () {
          yield {
            sectorKey: opaque('s'),
            identifiers: [{ kind: 'CUI', value: '0TV0001' }],
            knownSince: '2026-01-01',
          };
          yield { sectorKey: opaque('member'), identifiers: [], knownSince: '2026-01-01' };
        },
        households: async function* () {
          yield {
            sectorKey: opaque('family'),
            codes: ['social-services:1'],
            memberSectorKeys: [opaque('member')],
          };
        },
        intervalMs: 60_000,
        logger: { info: resolve, warn: reject },
      });
    });
    await enrolment?.close();
    expect((await send('social-services', 'GET', 'figures')).text).toContain(
      '"people":2,"households":1',
    );
    const answer = await ask(
      `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person {
        households { socialServicesHouseholdKey } } } }`,
      { people: [{ __typename: 'Person', socialServicesKey: opaque('member') }] },
    );
    expect(answer).toMatchObject({
      data: { _entities: [{ households: [{ socialServicesHouseholdKey: opaque('family') }] }] },
    });
    expect(log).not.toContain('0TV0001');
  });

  it('stays up while its database restarts, says so, and has kept everything', async () => {
    const before = await send('social-services', 'GET', 'figures');
    const { port } = postgres;
    await postgres.close();
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const down = await send('social-services', 'PUT', 'people', batch(['s', '1']));
    expect(down.status).toBe(503);
    expect(await ask('{ personIndexStatus { people } }')).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      extensions: { source: { stale: true } },
    });
    postgres = await startPostgres(port);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await send('social-services', 'GET', 'figures')).toEqual(before);
  });
});
