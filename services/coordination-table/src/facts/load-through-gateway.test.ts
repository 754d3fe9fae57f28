import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type LoadOrigin, openFactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';
import { createLogger } from '@tavolo/process-kit';
import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from './ask-gateway.ts';
import { createFactLoader } from './fact-loader.ts';
import { createTokenSource } from './fact-loader-token.ts';
import { scheduleLoads } from './schedule-loads.ts';

const secret = 'an invented secret of the tests, long enough';
const now = () => new Date('2024-06-01T09:00:00Z');

function fact(name: string): Fact {
  return {
    name,
    description: 'Visits (visite).',
    eventName: 'visits',
    unit: 'PERSON',
    document: '',
    operationName: 'Visits',
    documentHash: name,
    pagePath: ['visits', 'nodes'],
    pageInfoPath: ['visits', 'pageInfo'],
    rowPath: [],
    unitPath: { path: ['ref'], each: 'ROW' },
    columns: [
      {
        name: 'hours',
        type: { kind: 'NUMBER' },
        from: { kind: 'PATH', path: ['hours'], each: 'ROW' },
      },
    ],
    dimensions: [],
    measures: [],
    periodColumn: null,
    owners: [],
    categories: [],
  };
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Says nothing at all. */
  readonly isSilent?: boolean;
}

/** Of a loader that is not answered; long enough for an answer that is given, on a busy machine. */
const patienceMs = 2_000;

const source = (name: string, more: object = {}) => ({
  name,
  status: 'OK',
  asOf: '2024-05-31T00:00:00Z',
  completeness: 1,
  ...more,
});

function page(refs: readonly string[], endCursor: string | null, sources = [source('a')]): Reply {
  const nodes = refs.map((ref) => ({ ref, hours: 1 }));
  const pageInfo = { hasNextPage: endCursor !== null, endCursor };
  return { body: { data: { visits: { nodes, pageInfo } }, extensions: { sources } } };
}

interface Asked {
  readonly documentId: string;
  readonly variables: { readonly after?: string };
}

async function startHub(reply: (asked: Asked, calls: number) => Reply) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const asked: Asked[] = [];
  const tokens: unknown[] = [];
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const send = (body: unknown, status = 200, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (request.url === '/.well-known/openid-configuration') {
      send({ token_endpoint: `${url}/token` });
    } else if (request.url === '/token') {
      const form = new URLSearchParams(text);
      const { payload } = await jwtVerify(form.get('client_assertion') ?? '', publicKey, {
        issuer: 'table-fact-loader',
        audience: url,
        currentDate: now(),
      });
      tokens.push({ purpose: payload['purposeId'], resource: form.get('resource') });
      send({ access_token: `token-${tokens.length}`, expires_in: 300 });
    } else {
      // As the loader sends it.
      const question = JSON.parse(text) as Asked;
      asked.push(question);
      const answer = reply(question, asked.length);
      if (answer.isSilent !== true) send(answer.body ?? {}, answer.status, answer.headers);
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url, asked, tokens, key: { ...(await exportJWK(privateKey)), kid: 'k' } };
}

async function startLoader(
  reply: (asked: Asked, calls: number) => Reply,
  names: readonly string[] = ['visits'],
  timeoutMs = 20_000,
) {
  const hub = await startHub(reply);
  const facts = names.map(fact);
  const store = await openFactStore({
    file: ':memory:',
    facts,
    disclosure: createDisclosure({}, secret),
    recordKeySecret: secret,
    now,
  });
  onTestFinished(() => store.close());
  const pauses: number[] = [];
  const gateway = createGateway({
    gatewayUrl: hub.url,
    tokens: createTokenSource({
      issuer: hub.url,
      clientId: 'table-fact-loader',
      key: hub.key,
      now,
    }),
    random: () => 0.5,
    timeoutMs,
    wait: (milliseconds, signal) => {
      signal.throwIfAborted();
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  const logger = createLogger({ name: 'test', level: 'fatal' });
  const loader = createFactLoader({ facts, store, gateway, logger });
  onTestFinished(() => loader.close());
  return { ...hub, store, pauses, loader };
}

describe('the fact loader', () => {
  it('asks by hash, page by page, with a token for its purpose alone, and keeps the oldest moment', async () => {
    const linkage = {
      precision: { estimate: 0.9, low: 0.8, high: 1 },
      recall: { estimate: 0.8, low: 0.7, high: 0.9 },
    };
    const { loader, asked, tokens } = await startLoader(({ variables }) =>
      variables.after === undefined
        ? page(['x', 'y'], 'next', [source('a'), source('index', { linkage })])
        : page(['z'], null, [
            source('a', { asOf: '2024-05-30T00:00:00Z', status: 'STALE', completeness: 0.5 }),
          ]),
    );
    const [state] = await loader.loadAll();
    expect(asked).toEqual([
      { documentId: 'visits', variables: {} },
      { documentId: 'visits', variables: { after: 'next' } },
    ]);
    expect(tokens).toEqual([{ purpose: 'table-facts', resource: 'urn:tavolo:graph' }]);
    const expected: LoadOrigin = {
      sources: [
        { subgraph: 'a', asOf: '2024-05-30T00:00:00Z', completeness: 0.5 },
        { subgraph: 'index', asOf: '2024-05-31T00:00:00Z', completeness: 1 },
      ],
      linkage,
    };
    expect(state).toMatchObject({ ...expected, lastFailure: null });
  });

  const down = source('health-authority', { status: 'UNAVAILABLE', retryAfterSeconds: 7 });
  const later: [string, Reply, number][] = [
    ['is told to come back', { status: 429, headers: { 'retry-after': '3' } }, 3_000],
    ['meets a gateway that is overloaded', { status: 503 }, 1_000],
    ['meets an institution that is down', page(['x'], null, [down]), 7_000],
    ['gets no answer in time', { isSilent: true }, 1_000],
    ['is told to wait for hours', { status: 503, headers: { 'retry-after': '9999' } }, 60_000],
  ];
  it.each(later)('that %s comes back after a while', async (_title, first, pause) => {
    const { loader, pauses } = await startLoader(
      (_asked, calls) => (calls === 1 ? first : page(['x'], null)),
      ['visits'],
      first.isSilent ? patienceMs : undefined,
    );
    const [state] = await loader.loadAll();
    expect(state?.lastFailure).toBeNull();
    expect(pauses).toEqual([pause]);
  });

  it('that was refused its token asks with a new one', async () => {
    const { loader, tokens } = await startLoader((_asked, calls) =>
      calls === 1 ? { status: 401 } : page(['x'], null),
    );
    const [state] = await loader.loadAll();
    expect(state?.lastFailure).toBeNull();
    expect(tokens).toHaveLength(2);
  });

  const failing: [string, Reply, string][] = [
    [
      'an institution that stays down',
      page(['x'], null, [source('a'), down]),
      'health-authority: UNAVAILABLE, 5 times',
    ],
    [
      'a refusal',
      page(['x'], null, [source('health-authority', { status: 'DENIED' })]),
      'health-authority: DENIED',
    ],
    [
      'any error',
      {
        body: {
          data: { visits: null },
          errors: [{ message: 'Mario Rossi', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
        },
      },
      'gateway: 200 INTERNAL_SERVER_ERROR',
    ],
    ['an answer that is none', { body: 'Mario Rossi' }, 'gateway: 200 and no GraphQL'],
    ['a page that has no end', { body: { data: {} } }, 'fact visits: page 2 came without its end'],
    [
      'a cursor that runs in a circle',
      page(['x'], 'next'),
      'fact visits: page 2 says no way to the next',
    ],
  ];
  it.each(failing)(
    'fails for %s on any page, as a whole, and says so without a value',
    async (_title, reply, reason) => {
      let isBroken = false;
      const { loader, store } = await startLoader(({ variables }) => {
        if (variables.after === undefined) return page(['x'], isBroken ? 'next' : null);
        return reply;
      });
      const [good] = await loader.loadAll();
      isBroken = true;
      const [state] = await loader.loadAll();
      expect(state).toEqual({ ...good, lastFailure: { at: now().toISOString(), reason } });
      expect(store.state('visits')).toEqual(state);
    },
  );

  it('fails for cursors that lead back over several pages', async () => {
    const { loader, asked } = await startLoader(({ variables }) =>
      page(['x'], variables.after === 'one' ? 'other' : 'one'),
    );
    const [state] = await loader.loadAll();
    expect(state?.lastFailure?.reason).toBe('fact visits: page 3 says no way to the next');
    expect(asked).toHaveLength(3);
  });

  it('keeps no moment and no completeness that cannot be', async () => {
    const { loader } = await startLoader(() =>
      page(['x'], null, [source('a', { asOf: 'yesterday, says Rossi', completeness: 99 })]),
    );
    const [state] = await loader.loadAll();
    expect(state?.sources).toEqual([{ subgraph: 'a', asOf: null, completeness: null }]);
  });

  it('loads the other facts when one fails', async () => {
    const { loader } = await startLoader(
      ({ documentId }) => (documentId === 'first' ? { status: 400, body: {} } : page(['x'], null)),
      ['first', 'second'],
    );
    const [first, second] = await loader.loadAll();
    expect(first?.loadedAt).toBeNull();
    expect(second?.loadedAt).not.toBeNull();
  });

  it('asked twice at once loads once', async () => {
    const { loader, asked } = await startLoader(() => page(['x'], null));
    await Promise.all([loader.loadAll(), loader.loadAll()]);
    expect(asked).toHaveLength(1);
  });

  it('closed in the middle of a load ends it and keeps the last good one', async () => {
    let isFirst = true;
    const { loader, store, asked } = await startLoader(() =>
      isFirst ? page(['x'], null) : { isSilent: true },
    );
    const [good] = await loader.loadAll();
    isFirst = false;
    const loading = loader.loadAll();
    await expect.poll(() => asked.length).toBe(2);
    await loader.close();
    await loading;
    expect(store.state('visits').loadedAt).toBe(good?.loadedAt);
    expect(store.state('visits').lastFailure?.reason).toBe('the service is closing');
  });
});

describe('the schedule of loads', () => {
  it('begins when the gateway answers, loads what is due, and ends with its signal', async () => {
    const done: string[] = [];
    const isDueNow: boolean[] = [];
    const states = [
      { loadedAt: null, lastFailure: null },
      { loadedAt: '2026-11-22T09:30:00Z', lastFailure: null },
      { loadedAt: '2026-11-22T08:59:00Z', lastFailure: null },
      {
        loadedAt: '2026-11-22T09:50:00Z',
        lastFailure: { at: '2026-11-22T09:55:00Z', reason: 'a partner was down' },
      },
    ].map((state) => ({
      fact: 'stays',
      sources: [],
      linkage: null,
      documentHash: '',
      dataHash: null,
      ...state,
    }));
    const closing = new AbortController();
    let probes = 0;
    await scheduleLoads(
      {
        loadAll: () => Promise.resolve([]),
        loadDue: (isDue) => {
          done.push('load');
          isDueNow.push(...states.map(isDue));
          return Promise.resolve([]);
        },
        close: () => Promise.resolve(),
      },
      {
        everyMinutes: 60,
        now: () => new Date('2026-11-22T10:00:00Z'),
        random: () => 0.5,
        isGatewayReady: () => {
          probes += 1;
          return Promise.resolve(probes > 2);
        },
        wait: (milliseconds, signal) => {
          done.push(String(milliseconds));
          if (done.length === 6) closing.abort();
          signal.throwIfAborted();
          return Promise.resolve();
        },
      },
      closing.signal,
    );
    expect(done).toEqual(['2000', '2000', 'load', '600000', 'load', '600000']);
    expect(isDueNow.slice(0, 4)).toEqual([true, false, true, true]);
  });
});
