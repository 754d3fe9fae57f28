import { once } from 'node:events';
import { connect } from 'node:net';
import { openRegistryMessage, type RegistryMessage } from '@tavolo/access-model';
import { afterEach, expect, it } from 'vitest';
import {
  gatewayToken,
  officer,
  openRegistry,
  operatorToken,
  partner,
  purpose,
  type RegistryUnderTest,
} from '../registry.fixture.ts';
import { createMemoryRegistryStore } from '../store/memory-registry-store.ts';

const opened: RegistryUnderTest[] = [];
const ends: AbortController[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) end.abort();
  await Promise.all(opened.splice(0).map((registry) => registry.close()));
});

async function open(more: Parameters<typeof openRegistry>[0] = {}): Promise<RegistryUnderTest> {
  const registry = await openRegistry(more);
  opened.push(registry);
  return registry;
}

/** A gateway's stream; each `next` is the next message, opened with the registry's key. */
async function follow(
  registry: RegistryUnderTest,
): Promise<{ next(): Promise<RegistryMessage>; nextState(): Promise<RegistryMessage> }> {
  const end = new AbortController();
  ends.push(end);
  const response = await fetch(`${registry.url}/state/stream`, {
    headers: { authorization: `Bearer ${gatewayToken}` },
    signal: end.signal,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  if (response.body === null) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<RegistryMessage> => {
    let event = /^(?:.*\n)*?data: (.+)\n\n/u.exec(text);
    while (event === null) {
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream ended');
      text += value;
      event = /^(?:.*\n)*?data: (.+)\n\n/u.exec(text);
    }
    text = text.slice(event[0].length);
    return openRegistryMessage(event[1] ?? '', registry.publicKey);
  };
  const nextState = async (): Promise<RegistryMessage> => {
    const message = await next();
    return message.kind === 'state' ? message : nextState();
  };
  return { next, nextState };
}

const put = (registry: RegistryUnderTest, id: string) =>
  registry.send(operatorToken, 'PUT', `/partners/${id}`, partner(id));

it('begins with the state and sends every change at once, without waiting for any timer', async () => {
  // No timer ends within the test: what arrives was pushed by the change itself.
  const registry = await open({ pollEveryMs: 3_600_000, stillEveryMs: 3_600_000, owners: null });
  const streams = await Promise.all([follow(registry), follow(registry), follow(registry)]);
  for (const stream of streams) {
    expect(await stream.next()).toMatchObject({ kind: 'state', state: { version: 0 } });
  }
  const change = put(registry, 'centres');
  const news = await Promise.all(streams.map((stream) => stream.nextState()));
  const centres = { id: 'centres', name: 'Ente centres', subgraphs: ['centres'], suspensions: [] };
  expect(news).toMatchObject(streams.map(() => ({ state: { version: 1, partners: [centres] } })));
  expect((await change).status).toBe(201);
});

it('says which supergraph is in force at the beginning, and every new one as soon as it is published', async () => {
  const registry = await open({ pollEveryMs: 3_600_000, stillEveryMs: 3_600_000, owners: null });
  await registry.seed();
  const publish = (text: string) =>
    registry.send(operatorToken, 'POST', '/publications', {
      subgraphs: [
        { name: 'centres', files: [{ path: 'a.graphql', text }], url: 'http://127.0.0.1/' },
      ],
    });
  const before = await follow(registry);
  expect(await before.next()).toMatchObject({ kind: 'state' });
  await publish('Bed.free');
  expect(await before.next()).toMatchObject({ kind: 'supergraph', sequence: 1 });
  const after = await follow(registry);
  expect(await after.next()).toMatchObject({ kind: 'state' });
  expect(await after.next()).toMatchObject({ kind: 'supergraph', sequence: 1 });
  await publish('Bed.free\nBed.code');
  for (const stream of [before, after]) {
    expect(await stream.next()).toMatchObject({ kind: 'supergraph', sequence: 2 });
  }
});

it('tells the supergraph that another process of the registry published', async () => {
  const store = createMemoryRegistryStore();
  const one = await open({ store, owners: null });
  const other = await open({ store, owners: null, pollEveryMs: 10 });
  await one.seed();
  const stream = await follow(other);
  await stream.next();
  await one.send(operatorToken, 'POST', '/publications', {
    subgraphs: [
      {
        name: 'centres',
        files: [{ path: 'a.graphql', text: 'Bed.free' }],
        url: 'http://127.0.0.1/',
      },
    ],
  });
  let message = await stream.next();
  while (message.kind !== 'supergraph') message = await stream.next();
  expect(message.sequence).toBe(1);
});

it('says that the state still holds', async () => {
  const registry = await open({ stillEveryMs: 20, owners: null });
  const stream = await follow(registry);
  await stream.next();
  expect(await stream.next()).toEqual({
    kind: 'still',
    issuedAt: '2026-11-22T10:00:00.000Z',
    version: 0,
  });
});

it('says nothing holds while it cannot be read, and goes on afterwards', async () => {
  const store = createMemoryRegistryStore();
  let isAway = false;
  let asked: () => void = () => undefined;
  const registry = await open({
    stillEveryMs: 10,
    pollEveryMs: 10,
    store: {
      ...store,
      heads() {
        asked();
        return isAway ? Promise.reject(new Error('away')) : store.heads();
      },
    },
  });
  const stream = await follow(registry);
  await stream.next();
  isAway = true;
  for (let times = 0; times < 5; times += 1) {
    await new Promise<void>((resolve) => {
      asked = resolve;
    });
  }
  await store.change((writer) =>
    writer.save({
      kind: 'partner',
      entry: { id: 'centres', revision: 1, content: partner('centres'), suspensions: [] },
    }),
  );
  isAway = false;
  // Stills of before may be on their way; none of version 1 can come before its state.
  expect(await stream.nextState()).toMatchObject({ state: { version: 1 } });
});

it('hears what another process of the registry changed', async () => {
  const store = createMemoryRegistryStore();
  const [one, other] = [await open({ store }), await open({ store, pollEveryMs: 10 })];
  const stream = await follow(other);
  await stream.next();
  await put(one, 'centres');
  expect(await stream.nextState()).toMatchObject({ state: { version: 1 } });
});

it('publishes approved purposes only, with what the gate needs and nothing of the risk analysis', async () => {
  const registry = await open();
  await registry.seed();
  const asker = officer('asker');
  await registry.send(asker, 'PUT', '/purposes/free-beds', purpose());
  await registry.send(asker, 'POST', '/purposes/free-beds/submit', { version: 1 });
  const approval = { version: 1, categories: [] };
  const approve = (who: string) =>
    registry.send(officer(who), 'POST', '/purposes/free-beds/approve', approval);
  const stream = await follow(registry);
  expect(await stream.nextState()).toMatchObject({ state: { purposes: [] } });
  await approve('centre-office');
  expect(await stream.nextState()).toMatchObject({ state: { purposes: [] } });
  await approve('service-office');
  const message = await stream.nextState();
  expect(message).toMatchObject({
    state: { purposes: [{ id: 'free-beds', version: 1, grants: { centres: [], services: [] } }] },
  });
  expect(JSON.stringify(message)).not.toMatch(/riskAnalysis|Programmare|Ufficio/u);
  await registry.send(asker, 'POST', '/purposes/free-beds/suspend', { reason: 'Verifica' });
  expect(await stream.nextState()).toMatchObject({
    state: { purposes: [{ suspensions: [{ side: 'consumer', reason: 'Verifica' }] }] },
  });
  await registry.send(asker, 'POST', '/purposes/free-beds/archive', {});
  expect(await stream.nextState()).toMatchObject({ state: { purposes: [] } });
});

it('has room for a number of streams, and for another when one has gone', async () => {
  const registry = await open();
  const first = new AbortController();
  const streamOf = (signal?: AbortSignal) =>
    fetch(`${registry.url}/state/stream`, {
      headers: { authorization: `Bearer ${gatewayToken}` },
      ...(signal === undefined ? {} : { signal }),
    });
  const socket = connect(Number(new URL(registry.url).port), '127.0.0.1');
  socket.write(
    `GET /state/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${gatewayToken}\r\n\r\n`,
  );
  await once(socket, 'data');
  const more = new AbortController();
  ends.push(more, first);
  const answers = await Promise.all(Array.from({ length: 31 }, () => streamOf(more.signal)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect((await streamOf()).status).toBe(503);
  socket.destroy();
  await once(socket, 'close');
  let status = 503;
  while (status === 503) status = (await streamOf(first.signal)).status;
  expect(status).toBe(200);
});
