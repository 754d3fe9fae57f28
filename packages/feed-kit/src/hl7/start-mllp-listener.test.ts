import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { frameMllp } from './mllp-frames.ts';
import { connectMllpSender } from './mllp-sender.ts';
import {
  type MllpListener,
  type MllpListenerOptions,
  startMllpListener,
} from './start-mllp-listener.ts';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of running.splice(0).reverse()) await it.close();
});

async function listen(options: Partial<MllpListenerOptions>): Promise<MllpListener> {
  const listener = await startMllpListener({
    host: '127.0.0.1',
    port: 0,
    handle: async (message) => Buffer.from(`ack ${message.toString()}`),
    refuseOversized: async (head) => Buffer.from(`too long ${head.subarray(0, 3).toString()}`),
    ...options,
  });
  running.push(listener);
  return listener;
}

async function sender(port: number, window = 1) {
  const made = await connectMllpSender({ host: '127.0.0.1', port, window });
  running.push(made);
  return made;
}

describe('MLLP listener', () => {
  it('acknowledges in the order of arrival even when later messages are ready first', async () => {
    const release: (() => void)[] = [];
    const { port } = await listen({
      handle: (message) =>
        new Promise((resolve) => {
          release.push(() => resolve(message));
          if (release.length === 5) for (const go of [...release].reverse()) go();
        }),
    });
    const client = await sender(port, 5);
    const answers = await Promise.all(
      ['1', '2', '3', '4', '5'].map((n) => client.send(Buffer.from(n))),
    );
    expect(answers.map(String)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('never handles more messages of one connection at a time than allowed', async () => {
    let atOnce = 0;
    let most = 0;
    const { port } = await listen({
      maxInFlight: 3,
      handle: async (message) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise(setImmediate);
        atOnce -= 1;
        return message;
      },
    });
    const client = await sender(port, 50);
    const numbers = Array.from({ length: 50 }, (_, n) => String(n));
    const answers = await Promise.all(numbers.map((n) => client.send(Buffer.from(n))));
    expect(answers.map(String)).toEqual(numbers);
    expect(most).toBe(3);
  });

  it('refuses an oversized message and lives on for the next one', async () => {
    const { port } = await listen({ maxMessageBytes: 100 });
    const client = await sender(port);
    expect(String(await client.send(Buffer.alloc(10_000, 'x')))).toBe('too long xxx');
    expect(String(await client.send(Buffer.from('small')))).toBe('ack small');
  });

  it('cuts the connection without an acknowledgement when a message could not be handled', async () => {
    const { port } = await listen({
      handle: async () => {
        throw new Error('not stored');
      },
    });
    const client = await sender(port);
    await expect(client.send(Buffer.from('a'))).rejects.toThrow('closed before');
  });

  it('closes connections above the limit and idle ones', async () => {
    const { port } = await listen({ maxConnections: 1, idleTimeoutMs: 30 });
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    const second = connect(port, '127.0.0.1');
    second.on('error', () => undefined);
    await once(second, 'close');
    first.resume();
    await once(first, 'close');
  });

  it('answers what it has read before it closes', async () => {
    let release: () => void = () => undefined;
    const { promise: started, resolve: begin } = withResolvers();
    const listener = await listen({
      handle: async (message) => {
        begin();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return message;
      },
    });
    const client = await sender(listener.port);
    const answer = client.send(frameMllp(Buffer.from('x')).subarray(1, 2));
    await started;
    const closed = listener.close();
    release();
    expect(String(await answer)).toBe('x');
    await closed;
  });
});

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
