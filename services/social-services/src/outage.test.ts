import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createLogger } from '@tavolo/process-kit';
import { testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { databaseStartMs, type FixtureDatabase, startFixtureDatabase } from './fixture-database.ts';
import { startSocialServices } from './service.ts';
import { readSocialServices } from './social-service.ts';

let fixture: FixtureDatabase;
beforeAll(async () => {
  fixture = await startFixtureDatabase();
}, databaseStartMs);
afterAll(() => fixture.close());

const query = '{ socialCases(first: 1) { nodes { openedAt } } }';

it(
  'starts without the database, serves once it is there, says unavailable when it goes, and recovers',
  async () => {
    const line = await createLine(Number(new URL(fixture.url).port));
    const service = await startSocialServices({
      host: '127.0.0.1',
      port: 0,
      gatewayKeys: testGatewayKeys,
      logger: createLogger({ name: 'test', level: 'silent' }),
      databaseUrl: `postgres://postgres@127.0.0.1:${line.port}/postgres`,
      poolMax: 2,
      statementTimeoutMs: 10_000,
      services: readSocialServices(),
      sectorKeySecret: 'an invented secret of the social services, long enough',
      scanIntervalMs: 3_600_000,
    });
    const ready = async () => (await fetch(`${service.url}/health/ready`)).status;
    const expectUnavailable = async () => {
      const { data, errors, extensions } = await ask(service.url, query);
      expect(data).toEqual({ socialCases: null });
      expect(errors?.map((error) => error.extensions['code'])).toEqual(['UNAVAILABLE']);
      expect(extensions.source.stale).toBe(true);
      expect(await ready()).toBe(503);
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
      return extensions.source.asOf;
    };
    try {
      expect(await expectUnavailable()).toBeNull();
      for (let round = 0; round < 2; round++) {
        await line.mend();
        const answer = await ask(service.url, query);
        expect(answer.errors).toBeUndefined();
        expect(answer.data).toEqual({ socialCases: { nodes: [{ openedAt: '2024-02-03' }] } });
        expect(await ready()).toBe(200);
        await line.cut();
        expect(await expectUnavailable()).not.toBeNull();
      }
    } finally {
      await service.close();
      await line.cut();
    }
  },
  databaseStartMs,
);

/** A line to the database, cut to begin with: while cut, nobody listens and nothing that was open stays. */
async function createLine(databasePort: number) {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  const mend = async () => {
    const listening = createServer((near) => {
      const far = connect(databasePort, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    // A TCP server's address is an object; only a pipe's is text.
    ({ port } = listening.address() as AddressInfo);
    server = listening;
  };
  const cut = async () => {
    for (const socket of sockets) socket.destroy();
    const closing = server;
    server = null;
    await new Promise<void>((resolve) =>
      closing === null ? resolve() : closing.close(() => resolve()),
    );
  };
  await mend();
  await cut();
  return { port, mend, cut };
}
