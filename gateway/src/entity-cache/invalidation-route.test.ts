import { Writable } from 'node:stream';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { Passage, RequestHead } from '../gate/gate.ts';
import type { IdentifiedCaller } from '../gate/identify-caller.ts';
import type { Refusal } from '../gate/refusal.ts';
import { createStrangerLimit } from '../gate/stranger-limit.ts';
import { createMemoryCache } from './create-memory-cache.ts';
import type { EntityChange } from './entity-cache.ts';
import { entityIdentity } from './entity-identity.ts';
import { registerInvalidationRoute } from './invalidation-route.ts';

const now = () => new Date('2026-11-22T12:00:00Z');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Who asks is what stands in `authorization`: a partner's id, `consumer`, or nobody. */
async function start(
  parts: { signalsPerMinute?: number; strangersPerMinute?: number; fails?: boolean } = {},
) {
  const lines: string[] = [];
  const heads: RequestHead[] = [];
  const changes: EntityChange[] = [];
  const logger = pino(
    { base: null },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const app = Fastify({ logger: false });
  registerInvalidationRoute(app, {
    gate: {
      identify: async (head) => {
        heads.push(head);
        const who = typeof head.authorization === 'string' ? head.authorization : undefined;
        return who === undefined ? unknown : passageOf(who === 'consumer' ? null : who);
      },
    },
    cache: {
      invalidate: async (change) => {
        if (parts.fails === true) throw new Error('CANARY is down');
        changes.push(change);
      },
    },
    subgraphsOf: (partner) =>
      partner === 'twin' ? ['twin-a', 'twin-b'] : partner === 'newcomer' ? [] : [partner],
    keysOf: (subgraph, type) => {
      if (type === 'Town') return subgraph === 'health' ? ['id', 'area { code }'] : ['id'];
      return type === 'Pair' ? ['one two'] : undefined;
    },
    strangers: createStrangerLimit({
      perMinute: parts.strangersPerMinute ?? 100,
      now,
      onFlood: () => undefined,
    }),
    signalsPerMinute: parts.signalsPerMinute ?? 100,
    now,
    publicUrl: 'https://hub.example',
    logger,
  });
  closing.push(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const signal = async (who: string | undefined, body: unknown, type = 'application/json') => {
    const response = await fetch(`${url}/entity-cache/invalidations?x=1`, {
      method: 'POST',
      headers: { 'content-type': type, ...(who === undefined ? {} : { authorization: who }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    // The test asserts on what is in it.
    const told = text === '' ? undefined : (JSON.parse(text) as Told);
    return { status: response.status, code: told?.errors[0]?.extensions.code, text };
  };
  return { signal, lines, heads, changes };
}

interface Told {
  readonly errors: readonly { readonly extensions: { readonly code: unknown } }[];
}

const unknown: Refusal = { status: 401, code: 'UNAUTHENTICATED', message: 'nobody' };

function passageOf(partner: string | null): Passage {
  return {
    // Of a caller the route reads this and nothing else.
    caller: { partner } as IdentifiedCaller,
    user: null,
    registry: null,
    suspended: () => undefined,
    cacheScope: () => undefined,
    contextFor: () => undefined,
  };
}

describe('an institution', () => {
  test('signals that all of a type of its own has changed', async () => {
    const { signal, changes, heads } = await start();
    expect(await signal('places', { type: 'Town' })).toMatchObject({ status: 204 });
    expect(changes).toEqual([{ subgraph: 'places', typeName: 'Town' }]);
    expect(heads[0]).toMatchObject({
      method: 'POST',
      url: 'https://hub.example/entity-cache/invalidations',
    });
  });

  test('signals that one entity has changed, and that one is asked for again', async () => {
    const { signal, changes } = await start();
    await signal('places', { type: 'Town', representation: { id: 7, __typename: 'Town' } });
    const [change] = changes;
    if (!change) throw new Error('no change');
    const cache = createMemoryCache({ now });
    const keys = ['7', '8'].map((id) => ({
      subgraph: 'places',
      typeName: 'Town',
      representation: entityIdentity({ __typename: 'Town', id }),
      selection: '{name}',
      authorisation: 'a',
    }));
    (await cache.find(keys)).keep(['"old"', '"other"'], 60);
    await cache.invalidate(change);
    const jsons = (await cache.find(keys)).entities.map((entity) => entity?.json);
    expect(jsons).toEqual([undefined, '"other"']);
  });

  test.each([
    ['of a type with several keys', 'health', 'Town', { id: '7' }],
    ['by half of its key', 'places', 'Pair', { one: '1' }],
    ['by more than its key', 'places', 'Town', { id: '7', name: 'x' }],
    ['by another field', 'places', 'Town', { code: '7' }],
    ['by an object', 'places', 'Town', { id: { of: 7 } }],
  ])(
    'that names one entity %s makes all of the type count as changed',
    async (_title, who, type, representation) => {
      const { signal, changes } = await start();
      expect(await signal(who, { type, representation })).toMatchObject({ status: 204 });
      expect(changes).toEqual([{ subgraph: who, typeName: type }]);
    },
  );

  test('with several subgraphs says which', async () => {
    const { signal, changes } = await start();
    await signal('twin', { type: 'Town', subgraph: 'twin-b' });
    expect(changes).toEqual([{ subgraph: 'twin-b', typeName: 'Town' }]);
  });

  test('hears when it could not be noted', async () => {
    const { signal } = await start({ fails: true });
    const told = await signal('places', { type: 'Town' });
    expect(told).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(told.text).not.toContain('CANARY');
  });

  test('signals so often a minute, and others are not held up by it', async () => {
    const { signal, changes } = await start({ signalsPerMinute: 2 });
    const statuses: number[] = [];
    for (const who of ['places', 'places', 'places', 'health']) {
      statuses.push((await signal(who, { type: 'Town' })).status);
    }
    expect(statuses).toEqual([204, 204, 429, 204]);
    expect(changes).toHaveLength(3);
  });
});

describe('nothing is changed by', () => {
  test.each([
    ['nobody', undefined, { type: 'Town' }, 401, 'UNAUTHENTICATED'],
    ['who only asks', 'consumer', { type: 'Town' }, 403, 'FORBIDDEN'],
    ['a partner without a subgraph', 'newcomer', { type: 'Town' }, 403, 'FORBIDDEN'],
    ['another partner', 'places', { type: 'Town', subgraph: 'health' }, 403, 'FORBIDDEN'],
    ['a type that is not there', 'places', { type: 'Nothing' }, 400, 'BAD_USER_INPUT'],
    ['a name that is none', 'places', { type: 'To wn' }, 400, 'BAD_USER_INPUT'],
    ['no type', 'places', {}, 400, 'BAD_USER_INPUT'],
    ['a list', 'places', [{ type: 'Town' }], 400, 'BAD_USER_INPUT'],
    ['members that nobody knows', 'places', { type: 'Town', all: true }, 400, 'BAD_USER_INPUT'],
    [
      'a text for an entity',
      'places',
      { type: 'Town', representation: '7' },
      400,
      'BAD_USER_INPUT',
    ],
    ['what is no JSON', 'places', '{', 400, 'BAD_REQUEST'],
    ['a long body', 'places', { type: 'x'.repeat(20_000) }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('%s', async (_title, who, body, status, code) => {
    const { signal, changes } = await start();
    expect(await signal(who, body)).toMatchObject({ status, code });
    expect(changes).toEqual([]);
  });

  test('more strangers than are answered', async () => {
    const { signal } = await start({ strangersPerMinute: 1 });
    expect((await signal(undefined, {})).status).toBe(401);
    expect((await signal(undefined, {})).status).toBe(429);
  });
});

test('the log says who, of which type, and how much; never which entity', async () => {
  const { signal, lines } = await start();
  await signal('places', { type: 'Town', representation: { id: 'CANARY' } });
  await signal('places', { type: 'CANARY' });
  await signal('places', { type: 'Town', representation: 'CANARY' });
  const text = lines.join('');
  expect(text).toContain(
    '"partner":"places","subgraph":"places","type":"Town","isWholeType":false',
  );
  expect(text).not.toContain('CANARY');
});
