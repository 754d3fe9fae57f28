import { createServer, type RequestListener, type Server } from 'node:http';
import { createDeadline } from '@tavolo/deadline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultGatewayLimits } from './gateway.ts';
import {
  createSubgraphClient,
  type SubgraphClient,
  type SubgraphQuestion,
} from './subgraph-client.ts';
import { thisMachine } from './test-subgraphs/this-machine.ts';
import { endOfSignal } from './transport/operation-end.ts';

const open: { server: Server; client: SubgraphClient }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function start(
  listener: RequestListener,
  limits: Partial<typeof defaultGatewayLimits> = {},
): Promise<SubgraphClient> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const client = createSubgraphClient(
    `http://127.0.0.1:${address.port}/graphql`,
    { ...defaultGatewayLimits, retryJitterMs: 1, ...limits },
    thisMachine,
    () => 0,
  );
  open.push({ server, client });
  return client;
}

function question(overrides: Partial<SubgraphQuestion> = {}): SubgraphQuestion {
  return {
    body: '{"query":"{a}"}',
    isQuery: true,
    callerContext: () => undefined,
    requestId: 'r-1',
    end: endOfSignal(new AbortController().signal),
    remainingMs: () => 1_000,
    ...overrides,
  };
}

const fine: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"a":1}}');
};

/** Fails with the given statuses one after the other, then answers. */
function failing(...statuses: number[]): RequestListener & { asked: () => number } {
  let asked = 0;
  const listener: RequestListener = (request, response) => {
    const status = statuses[asked];
    asked += 1;
    if (status === undefined) fine(request, response);
    else if (status === 0) response.destroy();
    else response.writeHead(status).end();
  };
  return Object.assign(listener, { asked: () => asked });
}

describe('retry', () => {
  test.each([0, 502, 503, 504])('a query that fails with %i is asked once more', async (status) => {
    const partner = failing(status);
    const client = await start(partner);
    await expect(client.ask(question())).resolves.toEqual({ data: { a: 1 } });
    expect(partner.asked()).toBe(2);
  });

  test('but only once', async () => {
    const partner = failing(503, 503);
    const client = await start(partner);
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'BAD_STATUS' });
    expect(partner.asked()).toBe(2);
  });

  test.each([0, 503])('a mutation that fails with %i is never asked again', async (status) => {
    const partner = failing(status);
    const client = await start(partner);
    await expect(client.ask(question({ isQuery: false }))).rejects.toThrow();
    expect(partner.asked()).toBe(1);
  });

  test.each([400, 404, 429, 500])('%i is not asked again', async (status) => {
    const partner = failing(status);
    const client = await start(partner);
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'BAD_STATUS' });
    expect(partner.asked()).toBe(1);
  });

  test('Retry-After goes on to the reader', async () => {
    const client = await start((_request, response) =>
      response.writeHead(429, { 'retry-after': '30' }).end(),
    );
    await expect(client.ask(question())).rejects.toMatchObject({ retryAfterSeconds: 30 });
  });
});

describe('circuit', () => {
  test('opens after failures in a row, refuses at once, lets one question try, and closes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const partner = failing(500, 500);
    const client = await start(partner, { breakerFailures: 2, breakerOpenMs: 5_000 });
    await expect(client.ask(question())).rejects.toThrow();
    await expect(client.ask(question())).rejects.toThrow();
    expect(client.circuit).toBe('open');
    vi.advanceTimersByTime(2_000);
    await expect(client.ask(question())).rejects.toMatchObject({
      reason: 'CIRCUIT_OPEN',
      retryAfterSeconds: 3,
    });
    expect(partner.asked()).toBe(2);
    vi.advanceTimersByTime(3_001);
    const trial = client.ask(question());
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'CIRCUIT_OPEN' });
    await expect(trial).resolves.toEqual({ data: { a: 1 } });
    expect(client.circuit).toBe('closed');
  });

  test('opens again when the trial fails, also when it is cancelled', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let isHanging = false;
    const client = await start(
      (_request, response) => {
        if (!isHanging) response.writeHead(500).end();
      },
      { breakerFailures: 1, breakerOpenMs: 5_000 },
    );
    await expect(client.ask(question())).rejects.toThrow();
    isHanging = true;
    vi.advanceTimersByTime(5_001);
    const operation = createDeadline(10_000);
    const trial = client.ask(question({ end: endOfSignal(operation.signal) }));
    operation.abort('CANCELLED');
    operation.release();
    await expect(trial).rejects.toMatchObject({ reason: 'CANCELLED' });
    expect(client.circuit).toBe('open');
  });

  test('stays closed when readers leave and when the partner says no', async () => {
    const client = await start((_request, response) => response.writeHead(403).end(), {
      breakerFailures: 1,
    });
    await expect(client.ask(question())).rejects.toMatchObject({ outcome: 'DENIED' });
    const gone = createDeadline(10_000);
    gone.abort('CANCELLED');
    gone.release();
    await expect(client.ask(question({ end: endOfSignal(gone.signal) }))).rejects.toMatchObject({
      reason: 'CANCELLED',
    });
    expect(client.circuit).toBe('closed');
  });
});

describe('limits', () => {
  test('a call ends with its own deadline and with its operation', async () => {
    const client = await start(() => undefined, { callTimeoutMs: 50 });
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'TIMEOUT' });
    const operation = createDeadline(20);
    await expect(
      client.ask(question({ end: endOfSignal(operation.signal) })),
    ).rejects.toMatchObject({
      reason: 'TIMEOUT',
    });
    operation.release();
  });

  test('questions past the sockets and the queue are refused at once', async () => {
    const waiting: (() => void)[] = [];
    let sockets = 0;
    const client = await start(
      (request, response) => {
        sockets += 1;
        waiting.push(() => fine(request, response));
      },
      { connections: 2, maxWaiting: 1 },
    );
    const accepted = [1, 2, 3].map(() => client.ask(question()));
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'BUSY' });
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(sockets).toBe(2);
    for (const answer of waiting.splice(0)) answer();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await expect(Promise.all(accepted)).resolves.toHaveLength(3);
  });

  test('a compressed answer is refused, since its size cannot be counted', async () => {
    const client = await start((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end('x'),
    );
    await expect(client.ask(question())).rejects.toMatchObject({ reason: 'NOT_JSON' });
  });

  test('a partner on this machine is not asked to compress, which would save nobody anything', async () => {
    const accepted: unknown[] = [];
    const client = await start((request, response) => {
      accepted.push(request.headers['accept-encoding']);
      fine(request, response);
    });
    await client.ask(question());
    expect(accepted).toEqual(['identity']);
  });

  test('who signs the context may fail: its place is free again', async () => {
    const client = await start(fine, { connections: 1, maxWaiting: 0 });
    const unsigned = question({
      callerContext: () => {
        throw new Error('no key');
      },
    });
    await expect(client.ask(unsigned)).rejects.toThrow('no key');
    await expect(client.ask(question())).resolves.toEqual({ data: { a: 1 } });
  });

  test('errors under a 4xx or 5xx status are an answer when they are JSON', async () => {
    const client = await start((_request, response) =>
      response
        .writeHead(400, { 'content-type': 'application/graphql-response+json; charset=utf-8' })
        .end('{"errors":[{"message":"no"}]}'),
    );
    await expect(client.ask(question())).resolves.toEqual({ errors: [{ message: 'no' }] });
  });
});

describe('readiness', () => {
  test.each([
    ['a health page that says ready', 200, true],
    ['a health page that says not ready', 503, false],
    ['no health page, but a GraphQL answer', 404, true],
  ])('%s', async (_title, status, expected) => {
    const client = await start((request, response) => {
      if (request.method === 'GET') response.writeHead(status).end();
      else fine(request, response);
    });
    await expect(client.isReady(1_000)).resolves.toBe(expected);
  });

  test('nobody there is not ready', async () => {
    const client = createSubgraphClient(
      'http://127.0.0.1:1/graphql',
      defaultGatewayLimits,
      thisMachine,
      () => 0,
    );
    await expect(client.isReady(1_000)).resolves.toBe(false);
    await client.close();
  });
});

describe('an address that is not public, nor on the list,', () => {
  test.each([
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    // A name, which is resolved.
    'localhost',
  ])('is never connected to: %s', async (host) => {
    let connections = 0;
    const server = createServer(fine).on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    const client = createSubgraphClient(
      `http://${host}:${address.port}/graphql`,
      { ...defaultGatewayLimits, retryJitterMs: 1, breakerFailures: 2 },
      [],
      () => 0,
    );
    open.push({ server, client });
    for (let round = 0; round < 4; round += 1) {
      await expect(client.ask(question())).rejects.toMatchObject({
        outcome: 'UNAVAILABLE',
        reason: 'ADDRESS_REFUSED',
      });
    }
    await expect(client.isReady(1_000)).resolves.toBe(false);
    expect(connections).toBe(0);
    expect(client.circuit).toBe('closed');
  });
});
