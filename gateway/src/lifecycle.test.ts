import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningGateway, startGateway } from './gateway.ts';
import { createOpenGate } from './test-subgraphs/open-gate.ts';
import { startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { sendJson } from './test-subgraphs/start-test-subgraph.ts';
import { thisMachine } from './test-subgraphs/this-machine.ts';

const silent = pino({ level: 'silent' });

describe('health pages', () => {
  test('ready once every partner was; a partner that dies later is named and costs no readiness', async () => {
    const province = await startTestProvince({ limits: { readinessTimeoutMs: 500 } });
    const ready = async () => {
      const response = await fetch(`${province.gateway.url}/health/ready`);
      return { status: response.status, body: await response.json() };
    };
    province.health.misbehave((response) => response.writeHead(500).end());
    expect(await ready()).toEqual({
      status: 503,
      body: {
        status: 'not ready',
        missing: ['health'],
        partners: [
          { name: 'health', ready: false, seenReady: false, circuit: 'closed' },
          { name: 'reception', ready: true, seenReady: true, circuit: 'closed' },
        ],
        supergraph: {
          source: 'file',
          sequence: null,
          refused: null,
          kept: null,
          version: createHash('sha256').update(province.sdl).digest('hex'),
          mismatched: [],
        },
        gate: { isOpen: true, registry: null, evidence: 'none' },
      },
    });
    province.health.misbehave(undefined);
    expect((await ready()).status).toBe(200);
    await province.health.close();
    expect(await ready()).toMatchObject({
      status: 200,
      body: { status: 'ready', missing: ['health'] },
    });
    const live = await fetch(`${province.gateway.url}/health/live`);
    expect(live.status).toBe(200);
    await province.gateway.close();
    await province.reception.close();
  });

  test('the gateway starts and answers what it can with every partner down', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    const province = await startTestProvince();
    await Promise.all([province.reception.close(), province.health.close()]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, province.sdl);
    const gateway = await startGateway({
      supergraphFile: file,
      allowedNetworks: thisMachine,
      host: '127.0.0.1',
      gate: createOpenGate(),
      port: 0,
      logger: silent,
    });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename sites }"}',
    });
    expect(await response.json()).toMatchObject({
      data: { __typename: 'Query', sites: null },
      extensions: {
        sources: [{ name: 'health', status: 'UNAVAILABLE', reason: 'CONNECTION_FAILED' }],
      },
    });
    await gateway.close();
    await province.gateway.close();
    await rm(folder, { recursive: true });
  });
});

describe('a client that leaves', () => {
  test('takes the calls to the subgraphs with it', async () => {
    const province = await startTestProvince();
    let subgraphClosed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => {
      subgraphClosed = resolve;
    });
    const isAsked = new Promise<void>((resolve) => {
      province.health.misbehave((response) => {
        response.on('close', subgraphClosed);
        resolve();
      });
    });
    const request = httpRequest(`${province.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    request.on('error', () => undefined);
    request.end('{"query":"{ sites }"}');
    await isAsked;
    request.destroy();
    await isClosed;
    await province.close();
  });
});

describe('shutdown', () => {
  test('lets a request in flight finish and refuses new ones', async () => {
    const province = await startTestProvince();
    let release: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      province.health.misbehave((response) => {
        release = () => sendJson(response, { data: { sites: ['late'] } });
        resolve();
      });
    });
    const answer = province.ask('{ sites }');
    await isAsked;
    const closed = province.gateway.close();
    await expect(province.ask('{ sites }')).rejects.toThrow();
    release();
    expect((await answer).data).toEqual({ sites: ['late'] });
    await closed;
    await Promise.all([province.reception.close(), province.health.close()]);
  });

  test('waits no longer than told for a request that does not finish', async () => {
    const province = await startTestProvince({ limits: { shutdownTimeoutMs: 50 } });
    const isAsked = new Promise<void>((resolve) => {
      province.health.misbehave(() => resolve());
    });
    const answer = province.ask('{ sites }');
    await isAsked;
    await province.gateway.close();
    expect((await answer).errors?.[0]?.extensions['reason']).toBe('CANCELLED');
    await Promise.all([province.reception.close(), province.health.close()]);
  });
});

describe('the log', () => {
  test('has one line an operation, with ids, times and calls, and nothing of question or answer', async () => {
    const lines: string[] = [];
    const logger = pino(
      { level: 'info', base: null },
      new Writable({
        write(chunk, _encoding, done) {
          lines.push(String(chunk));
          done();
        },
      }),
    );
    const province = await startTestProvince({ logger });
    await province.ask('query OneFacility($id: ID!) { facility(id: $id) { name } }', {
      id: 'CANARY-7',
    });
    await province.ask('{ facility(id: "sql") { name } }');
    await province.ask('{ facility(id: "CANARY-8" { name } }');
    const operations = lines
      .filter((line) => line.includes('"msg":"operation"'))
      .map((line) => JSON.parse(line) as object);
    expect(operations).toHaveLength(3);
    expect(operations[0]).toMatchObject({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as unknown,
      operation: null,
      ms: expect.any(Number) as unknown,
      status: 'answered',
      httpStatus: 200,
      calls: [{ subgraph: 'reception', ms: expect.any(Number) as unknown, status: 'OK' }],
    });
    expect(operations[1]).toMatchObject({ operation: null, status: 'partial' });
    expect(operations[2]).toMatchObject({
      operation: null,
      status: 'refused',
      httpStatus: 400,
      calls: [],
    });
    expect(lines.join('')).not.toMatch(/CANARY|facility|Casa|SELECT|10\.0\.0\.7/u);
    await province.close();
  });
});

describe('the explorer', () => {
  let folder: string;
  let province: TestProvince;
  let gateway: RunningGateway;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explorer-'));
    province = await startTestProvince({ explorerFolder: join(folder, 'dist') });
    gateway = province.gateway;
  });
  afterAll(async () => {
    await province.close();
    await rm(folder, { recursive: true });
  });

  test('that is not built says so; built, it is served without a restart', async () => {
    const before = await fetch(`${gateway.url}/explorer`);
    expect(before.status).toBe(503);
    expect(await before.text()).toContain('not built yet');
    await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'outside');
    await writeFile(join(folder, 'dist', 'assets', 'main.js'), 'export {};');
    await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html>');
    const page = await fetch(`${gateway.url}/explorer`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self';");
    const script = await fetch(`${gateway.url}/explorer/assets/main.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('export {};');
  });

  test.each([
    '/explorer/../secret.txt',
    '/explorer/%2e%2e/secret.txt',
    '/explorer/..%2fsecret.txt',
    '/explorer/assets/..%5c..%5csecret.txt',
    '/explorer//etc/passwd',
    '/explorer/assets',
  ])('%s is not a file of it', async (path) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      // fetch would tidy the path before sending it.
      httpRequest({ host: '127.0.0.1', port: gateway.port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([400, 404]).toContain(status);
  });

  test('is where a browser is sent from the root; a program gets the list of pages', async () => {
    const browser = await fetch(gateway.url, {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect(browser.headers.get('location')).toBe('/explorer/');
    const program = await fetch(gateway.url);
    expect(await program.text()).toContain('/graphql');
  });
});

test.each(['0.0.0.0', '::', '192.168.1.7'])(
  '%s is refused: nobody outside is answered',
  async (host) => {
    await expect(
      startGateway({
        supergraphFile: 'any',
        host,
        port: 0,
        logger: silent,
        gate: createOpenGate(),
      }),
    ).rejects.toThrow('comes through a reverse proxy with TLS');
  },
);

test('a port that is taken is told, and nothing is left behind', async () => {
  const province = await startTestProvince();
  await expect(
    startGateway({
      supergraphFile: province.supergraphFile,
      allowedNetworks: thisMachine,
      host: '127.0.0.1',
      gate: createOpenGate(),
      port: province.gateway.port,
      logger: silent,
    }),
  ).rejects.toThrow('EADDRINUSE');
  await province.close();
  await vi.waitFor(() => expect(province.gateway.versionsAlive).toBe(0));
});
