import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { reviewRoutes } from '../review/review-routes.ts';
import { household, KEY, opaque, person } from '../store/person-index-store.contract.ts';
import type { PersonIndexStore } from '../store/person-index-store.ts';
import { enrolmentRoutes } from './enrolment-routes.ts';

const TOKEN = 'token-of-the-social-services';
const REVIEWER = 'token-of-the-reviewing-office';
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const CANARY = 'CANARYAmadouDiallo';
const RECEIPT = { epoch: 'e', received: 1, changed: 1 };

/** Both sets of routes over a store that remembers what reaches it, and everything that is logged. */
function open() {
  const reached: unknown[] = [];
  let log = '';
  const stream = {
    write(line: string) {
      log += line;
    },
  };
  const app = Fastify({ logger: { level: 'trace', stream } });
  const take = (...arguments_: unknown[]) => {
    reached.push(arguments_);
    return Promise.resolve(RECEIPT);
  };
  // Only what these routes use.
  const store = {
    enrolPeople: take,
    enrolHouseholds: take,
    remove: take,
    manifest: take,
    events: take,
    reviewQueue: take,
    accessesOf: () => Promise.resolve([]),
    decide: () => Promise.resolve(false),
  } as unknown as PersonIndexStore;
  const logError = (failure: object): void => {
    stream.write(JSON.stringify(failure));
  };
  enrolmentRoutes({ store, partnerTokens: () => ({ 'social-services': hashOf(TOKEN) }), logError })(
    app,
  );
  reviewRoutes({ store, reviewerTokens: { office: hashOf(REVIEWER) }, logError })(app);
  const send = (
    token: string,
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    body?: string,
  ) =>
    app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: body }),
    });
  return { send, reached, readLog: () => log };
}

const sound = person('s', [['CUI', '1']]);
const filters = ['A', 'B', 'C'].map((letter) => letter.repeat(171));
const check = { sex: 0, citizenship: 1 };
const attributes = {
  keyId: 'k1',
  isYearOnly: false,
  isOneWord: false,
  filters,
  checks: [check, check, check],
  skeletons: [{ kind: 'NAME_DATE', mac: opaque('x') }],
};
const home = household('h', '7', ['s']);

describe('enrolment and review routes', () => {
  it.each([
    ['sharing', { ...sound, sharing: CANARY }],
    ['knownSince', { ...sound, knownSince: CANARY }],
    ['closedOn', { ...sound, closedOn: CANARY }],
    ['duplicateOf', { ...sound, duplicateOf: CANARY }],
    ['isRestricted', { ...sound, isRestricted: CANARY }],
    ['attributes', { ...sound, attributes: CANARY }],
    ['attributes.keyId', { ...sound, attributes: { ...attributes, keyId: `${CANARY}!` } }],
    [
      'attributes.filters',
      { ...sound, attributes: { ...attributes, filters: [CANARY, CANARY, CANARY] } },
    ],
    [
      'attributes.checks',
      {
        ...sound,
        attributes: { ...attributes, checks: [{ ...check, sex: CANARY }, check, check] },
      },
    ],
    [
      'attributes.skeletons',
      { ...sound, attributes: { ...attributes, skeletons: [{ kind: CANARY, mac: opaque('x') }] } },
    ],
    ['attributes', { ...sound, attributes: { ...attributes, [CANARY]: CANARY } }],
  ])('refuses a name in %s of a person and repeats it nowhere', async (field, record) => {
    const { send, reached, readLog } = open();
    const body = JSON.stringify({ key: KEY, records: [record] });
    const answer = await send(TOKEN, 'PUT', '/enrolment/people', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(`records.0.${field}`);
    expect(reached).toEqual([]);
    expect(answer.body + readLog()).not.toContain(CANARY);
  });

  it.each([
    ['PUT', 'people', { key: { ...KEY, id: `${CANARY}!` }, records: [sound] }],
    ['PUT', 'people', { key: { ...KEY, check: CANARY }, records: [sound] }],
    ['PUT', 'people', { key: { ...KEY, [CANARY]: 1 }, records: [sound] }],
    ['PUT', 'people', { key: KEY, records: [sound], [CANARY]: CANARY }],
    ['PUT', 'households', { key: KEY, records: [{ ...home, memberSectorKeys: [CANARY] }] }],
    [
      'PUT',
      'households',
      { key: KEY, records: [{ ...home, codes: [{ keyId: 'k1', mac: CANARY }] }] },
    ],
    ['PUT', 'households', { key: KEY, records: [{ ...home, surname: CANARY }] }],
    ['DELETE', 'people', { sectorKeys: [CANARY] }],
    ['DELETE', 'households', { [CANARY]: [opaque('h')] }],
  ] as const)('refuses a name anywhere else in %s %s', async (method, subject, body) => {
    const { send, reached, readLog } = open();
    const answer = await send(TOKEN, method, `/enrolment/${subject}`, JSON.stringify(body));
    expect(answer.statusCode).toBe(400);
    expect(reached).toEqual([]);
    expect(answer.body + readLog()).not.toContain(CANARY);
  });

  it('refuses what was encoded under another key than the one the batch proves', async () => {
    const other = { ...sound, identifiers: [{ kind: 'CUI', keyId: 'k2', mac: opaque('1') }] };
    const named = { ...sound, attributes: { ...attributes, keyId: 'k2' } };
    const coded = { ...home, codes: [{ keyId: 'k2', mac: opaque('7') }] };
    const { send, reached } = open();
    for (const [subject, record] of [
      ['people', other],
      ['people', named],
      ['households', coded],
    ] as const) {
      const body = JSON.stringify({ key: KEY, records: [record] });
      const answer = await send(TOKEN, 'PUT', `/enrolment/${subject}`, body);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('keyId must be key.id');
    }
    expect(reached).toEqual([]);
  });

  it('refuses a body cut anywhere, and one that reaches for prototypes', async () => {
    const { send, reached } = open();
    const whole = JSON.stringify({ key: KEY, records: [sound] });
    for (let end = 0; end < whole.length; end += 7) {
      const answer = await send(TOKEN, 'PUT', '/enrolment/people', whole.slice(0, end));
      expect(answer.statusCode).toBe(400);
    }
    for (const poison of ['"__proto__":{"isRestricted":false}', '"constructor":{"prototype":{}}']) {
      const body = whole.replace('"sectorKey"', `${poison},"sectorKey"`);
      expect((await send(TOKEN, 'PUT', '/enrolment/people', body)).statusCode).toBe(400);
    }
    expect(reached).toEqual([]);
    expect((await send(TOKEN, 'PUT', '/enrolment/people', whole)).json()).toEqual(RECEIPT);
  });

  it('answers the same about a key that is not the asker’s and one that is nobody’s', async () => {
    const { send } = open();
    const paths = [opaque('of another'), opaque('of nobody'), 'x', '%00'];
    const answers = await Promise.all(
      paths.map((key) => send(TOKEN, 'GET', `/enrolment/people/${key}/accesses`)),
    );
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
      new Set(['200 {"accesses":[]}']),
    );
  });

  it.each([
    ['POST', 'decisions', { a: { partner: CANARY, sectorKey: opaque('s') } }],
    ['POST', 'decisions', { a: { partner: 'social-services', sectorKey: CANARY } }],
    ['POST', 'decisions', { verdict: CANARY, note: CANARY }],
    ['POST', 'decisions', { [CANARY]: CANARY }],
  ] as const)('refuses a reviewer’s %s %s with a name in it', async (method, path, body) => {
    const { send, readLog } = open();
    const answer = await send(REVIEWER, method, `/review/${path}`, JSON.stringify(body));
    expect(answer.statusCode).toBe(400);
    expect(answer.body + readLog()).not.toContain(CANARY);
  });

  it.each([
    'queue?first=0',
    'queue?first=501',
    'events?after=x',
    'events?after=-1',
    `queue?${CANARY}=1`,
  ])('refuses the page %s, and does not repeat what was asked', async (path) => {
    const { send, reached } = open();
    const answer = await send(REVIEWER, 'GET', `/review/${path}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain(CANARY);
    expect(reached).toEqual([]);
  });

  it('lets a reviewer’s token into no institution’s routes', async () => {
    const { send } = open();
    expect((await send(REVIEWER, 'GET', '/enrolment/people')).statusCode).toBe(401);
    expect((await send(TOKEN, 'GET', '/review/queue')).statusCode).toBe(401);
  });
});
