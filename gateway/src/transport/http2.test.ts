import { EventEmitter, once } from 'node:events';
import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { thisMachine } from '../test-subgraphs/this-machine.ts';
import { createCheckedConnector } from './checked-connector.ts';
import { createTransport, type Transport } from './create-transport.ts';
import { readHealthStatus } from './health-status.ts';
import { localCertificate } from './local-certificate.fixture.ts';
import { Partners, sending, unlimited } from './partner.fixture.ts';

const partners = new Partners();
afterEach(() => partners.close());

function transportTo(port: number, authorities = localCertificate.cert): Transport {
  const options = { timeoutMs: 2_000, authorities };
  const transport = createTransport(`https://localhost:${port}`, 4, {
    http1: createCheckedConnector(thisMachine, options),
    negotiating: createCheckedConnector(thisMachine, { ...options, offersHttp2: true }),
  });
  partners.after(() => transport.destroy());
  return transport;
}

/** A partner that speaks HTTP/2 only, with what it sees of connections. */
async function startHttp2(onStream: (stream: ServerHttp2Stream, at: number) => void) {
  const server: Http2SecureServer = createSecureServer(localCertificate);
  const sessions: ServerHttp2Session[] = [];
  let asked = 0;
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    onStream(stream, asked);
    asked += 1;
  });
  const transport = transportTo(await partners.listen(server));
  return { transport, sessions, asked: () => asked };
}

function answer(stream: ServerHttp2Stream, text = '{"data":{"a":1}}'): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end(text);
}

const fine = { data: { a: 1 } };

describe('a partner that speaks HTTP/2', () => {
  test('is asked many questions at once over one connection', async () => {
    const waiting: ServerHttp2Stream[] = [];
    const { transport, sessions } = await startHttp2((stream) => {
      waiting.push(stream);
      if (waiting.length === 10) for (const one of waiting) answer(one);
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => partners.ask(transport)));
    expect(answers).toEqual(Array(10).fill(fine));
    expect(sessions).toHaveLength(1);
    expect(partners.released).toBe(10);
  });

  test('gets the body and the headers of the question', async () => {
    const seen: unknown[] = [];
    const { transport } = await startHttp2((stream) => {
      stream.on('data', (chunk: Buffer) => {
        seen.push(chunk.toString());
        answer(stream);
      });
    });
    await expect(partners.ask(transport)).resolves.toEqual(fine);
    expect(seen).toEqual(['{"query":"{a}"}']);
  });

  test('a big answer comes whole', async () => {
    const list = Array.from({ length: 300_000 }, (_, at) => at);
    const { transport } = await startHttp2((stream) =>
      answer(stream, JSON.stringify({ data: { list } })),
    );
    await expect(partners.ask(transport, { maxAnswerBytes: 10_000_000 })).resolves.toEqual({
      data: { list },
    });
  });

  test('an answer longer than allowed costs its stream only', async () => {
    const { transport, sessions } = await startHttp2((stream, at) =>
      answer(stream, at === 0 ? `{"data":"${'x'.repeat(500_000)}"}` : undefined),
    );
    await expect(partners.ask(transport, { maxAnswerBytes: 1_000 })).rejects.toMatchObject({
      reason: 'TOO_LARGE',
    });
    await expect(partners.ask(transport)).resolves.toEqual(fine);
    expect(sessions).toHaveLength(1);
  });

  test.each([
    ['resets the stream before it answers', (stream: ServerHttp2Stream) => stream.close(8)],
    ['resets it in the middle', resetInTheMiddle],
    ['drops the connection', (stream: ServerHttp2Stream) => stream.session?.destroy()],
    ['drops the socket', () => partners.dropSockets()],
    [
      'says that it goes away, with an error',
      (stream: ServerHttp2Stream) => stream.session?.goaway(2),
    ],
  ])(
    'one that %s gives a failure, each question once, and is asked again afterwards',
    async (_title, misbehave) => {
      const { transport, asked } = await startHttp2((stream, at) => {
        if (at < 3) misbehave(stream);
        else answer(stream);
      });
      const results = await Promise.allSettled([1, 2, 3].map(() => partners.ask(transport)));
      for (const result of results) {
        expect(result).toMatchObject({
          status: 'rejected',
          reason: { reason: 'CONNECTION_FAILED', retriable: true },
        });
      }
      const before = asked();
      expect(before).toBeLessThanOrEqual(3);
      expect(partners.released).toBe(3);
      for (let at = before; at < 3; at += 1) await partners.ask(transport).catch(() => undefined);
      await expect(partners.ask(transport)).resolves.toEqual(fine);
    },
  );

  test('that goes away in good order finishes what it began, and the next question is on a new connection', async () => {
    const { transport, sessions } = await startHttp2((stream, at) => {
      if (at === 0) stream.session?.goaway(0);
      answer(stream);
    });
    await expect(partners.ask(transport)).resolves.toEqual(fine);
    await expect(partners.ask(transport)).resolves.toEqual(fine);
    expect(sessions).toHaveLength(2);
  });

  test('and says nothing at all any more is not asked on that connection again', async () => {
    const call = unlimited();
    const { transport, sessions } = await startHttp2((stream, at) => {
      if (at === 0) call.end('TIMEOUT');
      else answer(stream);
    });
    await expect(partners.ask(transport, { call })).rejects.toMatchObject({ reason: 'TIMEOUT' });
    await expect(partners.ask(transport)).resolves.toEqual(fine);
    expect(sessions).toHaveLength(2);
  });

  test('tells its health over it', async () => {
    const { transport } = await startHttp2((stream) => {
      stream.respond({ ':status': 503 });
      stream.end('no');
    });
    await expect(readHealthStatus(transport, '/health/ready', unlimited())).resolves.toBe(503);
  });

  test('is left at once when the client closes', async () => {
    const events = new EventEmitter();
    const { transport } = await startHttp2(() => events.emit('asked'));
    const asked = once(events, 'asked');
    const question = expect(partners.ask(transport)).rejects.toMatchObject({
      reason: 'CONNECTION_FAILED',
    });
    await asked;
    await transport.destroy();
    await question;
    await expect(partners.ask(transport)).rejects.toMatchObject({ reason: 'CONNECTION_FAILED' });
  });
});

describe('a partner with TLS that speaks HTTP/1.1 only', () => {
  test('is asked over as many sockets as it may be', async () => {
    const server = createHttpsServer(localCertificate, sending('{"data":{"a":1}}'));
    const transport = transportTo(await partners.listen(server));
    const answers = await Promise.all(Array.from({ length: 10 }, () => partners.ask(transport)));
    expect(answers).toEqual(Array(10).fill(fine));
  });

  test('whose certificate is signed by nobody we trust is never asked', async () => {
    let asked = 0;
    const server = createHttpsServer(localCertificate, () => {
      asked += 1;
    });
    const port = await partners.listen(server);
    const options = { timeoutMs: 2_000 };
    const transport = createTransport(`https://localhost:${port}`, 4, {
      http1: createCheckedConnector(thisMachine, options),
      negotiating: createCheckedConnector(thisMachine, { ...options, offersHttp2: true }),
    });
    partners.after(() => transport.destroy());
    await expect(partners.ask(transport)).rejects.toMatchObject({ reason: 'CONNECTION_FAILED' });
    expect([asked, partners.released]).toEqual([0, 1]);
  });

  test('at an address that is not allowed is never connected to', async () => {
    let connections = 0;
    const server = createHttpsServer(localCertificate).on('connection', () => {
      connections += 1;
    });
    const port = await partners.listen(server);
    const transport = createTransport(`https://127.0.0.1:${port}`, 4, {
      http1: createCheckedConnector([], { timeoutMs: 2_000 }),
      negotiating: createCheckedConnector([], { timeoutMs: 2_000, offersHttp2: true }),
    });
    partners.after(() => transport.destroy());
    await expect(partners.ask(transport)).rejects.toMatchObject({ reason: 'ADDRESS_REFUSED' });
    expect(connections).toBe(0);
  });
});

function resetInTheMiddle(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.write('{"data":', () => stream.destroy(new Error('reset')));
}
