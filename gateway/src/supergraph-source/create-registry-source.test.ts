import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fetchSupergraph } from '@tavolo/registry-api';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SupergraphProblem } from '../supergraph/supergraph-problem.ts';
import { hubState } from '../test-subgraphs/hub-graph.ts';
import { startTestRegistry, type TestRegistry } from '../test-subgraphs/start-test-registry.ts';
import {
  createRegistrySource,
  type RegistrySource,
  type RegistrySourceOptions,
} from './create-registry-source.ts';

let folder: string;
let keptFile: string;
let registry: TestRegistry;
let time: number;
/** Long enough for a machine with other things to do. */
const soon = { timeout: 10_000, interval: 5 };
const now = () => new Date(time);
const sources: RegistrySource[] = [];

beforeEach(async () => {
  time = Date.parse('2026-11-22T10:00:00Z');
  folder = await mkdtemp(join(tmpdir(), 'releases-'));
  keptFile = join(folder, 'supergraph.jws');
  registry = await startTestRegistry(hubState('http://127.0.0.1:1'), now);
});
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
  await registry.close();
  await rm(folder, { recursive: true });
});

interface Following {
  readonly source: RegistrySource;
  /** The texts it served, in order. */
  readonly served: string[];
  readonly alarms: Record<string, unknown>[];
}

/** A gateway that serves every text but those with `bad` in them. */
async function follow(more: Partial<RegistrySourceOptions> = {}): Promise<Following> {
  const served: string[] = [];
  const alarms: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'error', base: null },
    new Writable({
      write(chunk, _encoding, done) {
        // What pino wrote a moment ago.
        alarms.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    }),
  );
  const source = createRegistrySource({
    fetch: (signal) =>
      fetchSupergraph({
        registryUrl: registry.url,
        token: 'an invented token',
        contract: more.contract ?? null,
        signal,
      }),
    publicKey: registry.publicKey,
    contract: null,
    keptFile,
    now,
    logger,
    times: {
      startMs: 1_500,
      fetchMs: 1_500,
      shortestRetryMs: 5,
      longestRetryMs: 20,
      keepAgainMs: 10,
    },
    ...more,
  });
  sources.push(source);
  await source.start(async (sdl) => {
    if (sdl.includes('bad')) throw new SupergraphProblem('it is bad', { subgraphs: ['health'] });
    if (sdl === served.at(-1)) return 'unchanged';
    served.push(sdl);
    return 'reloaded';
  });
  return { source, served, alarms };
}

const publish = (sequence: number, sdl: string) => registry.release({ sequence, sdl });
const inForce = ({ source }: Following, sequence: number) =>
  vi.waitFor(() => expect(source.standing.sequence).toBe(sequence), soon);
const isRefused = ({ source }: Following, reason: RegExp) =>
  vi.waitFor(() => expect(source.standing.refused?.reason).toMatch(reason), soon);

describe('the release in force', () => {
  test('is the newest of the registry: at the start, and each time it announces one', async () => {
    await publish(1, 'one');
    const gateway = await follow();
    expect(gateway.served).toEqual(['one']);
    await publish(2, 'two');
    gateway.source.announce(2);
    await inForce(gateway, 2);
    expect(gateway.served).toEqual(['one', 'two']);
    expect(gateway.source.standing).toEqual({
      source: 'registry',
      sequence: 2,
      refused: null,
      kept: true,
    });
  });

  test('is the newest only: what was announced meanwhile is not served one by one', async () => {
    await publish(1, 'one');
    const gateway = await follow();
    await publish(40, 'forty');
    for (let sequence = 2; sequence <= 40; sequence += 1) gateway.source.announce(sequence);
    await inForce(gateway, 40);
    expect(gateway.served).toEqual(['one', 'forty']);
    expect(registry.fetches).toBeLessThan(5);
  });

  test('comes by itself when the registry was empty, or away, at the start', async () => {
    registry.refuse(503);
    const gateway = await follow();
    expect(gateway.source.standing.sequence).toBeNull();
    registry.refuse(undefined);
    await publish(1, 'one');
    await inForce(gateway, 1);
    expect(gateway.served).toEqual(['one']);
  });

  test('is fetched until it is there, however late the registry is with it', async () => {
    await publish(1, 'one');
    const gateway = await follow();
    gateway.source.announce(2);
    await vi.waitFor(() => expect(registry.fetches).toBeGreaterThan(3), soon);
    await registry.release({ sequence: 2, sdl: 'two' }, { announce: false });
    await inForce(gateway, 2);
  });

  test('is built once when an earlier text comes back under a later number', async () => {
    await publish(1, 'one');
    const gateway = await follow();
    await registry.release({ sequence: 2, sdl: 'one', cause: 'ROLLED_BACK' });
    gateway.source.announce(2);
    await inForce(gateway, 2);
    expect(gateway.served).toEqual(['one']);
  });
});

describe('a release is refused, alarmed once, and the last good one goes on, when it is', () => {
  test.each<[string, RegExp, () => Promise<void>]>([
    ['older than the one taken', /older than release 5/u, () => publish(4, 'four')],
    ['another one under its number', /another one under/u, () => publish(5, 'other')],
    [
      'signed by a stranger',
      /not signed/u,
      () => registry.release({ sequence: 6, sdl: 'six' }, { signer: 'stranger' }),
    ],
    [
      'not the text its id says',
      /not the one its id says/u,
      () => registry.release({ sequence: 6, sdl: 'six', id: 'a'.repeat(64) }),
    ],
    [
      'of another contract',
      /another contract/u,
      () => registry.release({ sequence: 6, sdl: 'six', contract: 'public-figures' }),
    ],
    [
      'from the future',
      /future/u,
      () => registry.release({ sequence: 6, sdl: 'six', issuedAt: '2026-11-22T10:02:00.000Z' }),
    ],
    ['not servable', /it is bad/u, () => publish(6, 'bad')],
  ])('%s', async (_title, reason, publishBad) => {
    await publish(5, 'five');
    const gateway = await follow();
    await publishBad();
    gateway.source.announce(6);
    await isRefused(gateway, reason);
    expect(gateway.served).toEqual(['five']);
    expect(gateway.source.standing.sequence).toBe(5);
    await publish(7, 'seven');
    gateway.source.announce(7);
    await inForce(gateway, 7);
    expect(gateway.served).toEqual(['five', 'seven']);
    expect(gateway.source.standing.refused).toBeNull();
    const told = gateway.alarms.filter(({ alarm }) => alarm === 'SUPERGRAPH_REFUSED');
    expect(told).toHaveLength(1);
  });

  test('not servable: it is named with its subgraph and not asked for again', async () => {
    await publish(1, 'one');
    const gateway = await follow();
    await publish(2, 'bad');
    gateway.source.announce(2);
    await isRefused(gateway, /it is bad/u);
    expect(gateway.source.standing.refused).toEqual({
      sequence: 2,
      reason: 'it is bad',
      subgraphs: ['health'],
      at: now().toISOString(),
    });
    const { fetches } = registry;
    gateway.source.announce(2);
    expect(await gateway.source.reload().catch(String)).toContain('it is bad');
    expect(registry.fetches).toBe(fetches + 1);
  });
});

describe('a registry that misbehaves changes nothing, and is asked again', () => {
  test.each<[string, Parameters<TestRegistry['misbehave']>[0]]>([
    [
      'HTML in place of a release',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Proxy</h1>'),
    ],
    [
      'a truncated body',
      (response, jws = '') => {
        response.writeHead(200, {
          'content-type': 'application/jose',
          'content-length': jws.length,
        });
        response.write(jws.slice(0, 40), () => response.destroy());
      },
    ],
    [
      'half a release',
      (response, jws = '') =>
        response
          .writeHead(200, { 'content-type': 'application/jose' })
          .end(jws.slice(0, jws.length / 2)),
    ],
    [
      'silence in the middle',
      (response, jws = '') => {
        response.writeHead(200, { 'content-type': 'application/jose' });
        response.write(jws.slice(0, 40));
      },
    ],
    ['silence from the beginning', () => undefined],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/supergraph' }).end(),
    ],
    [
      'more than anybody reads',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/jose' });
        const flood = () => {
          while (!response.destroyed && response.write('a'.repeat(1024 * 1024)));
        };
        response.on('drain', flood);
        flood();
      },
    ],
    ['that it has none any more', (response) => response.writeHead(404).end()],
  ])(
    '%s',
    async (_title, misbehaviour) => {
      await publish(1, 'one');
      const gateway = await follow({
        times: { startMs: 300, fetchMs: 2_000, shortestRetryMs: 5, longestRetryMs: 20 },
      });
      await publish(2, 'two');
      registry.misbehave(misbehaviour);
      const { fetches } = registry;
      gateway.source.announce(2);
      await vi.waitFor(() => expect(registry.fetches).toBeGreaterThan(fetches + 1), {
        timeout: 8_000,
        interval: 5,
      });
      expect(gateway.served).toEqual(['one']);
      registry.misbehave(undefined);
      await vi.waitFor(() => expect(gateway.source.standing.sequence).toBe(2), soon);
      expect(gateway.served).toEqual(['one', 'two']);
    },
    20_000,
  );
});

describe('the release on the disk', () => {
  test('is served after a restart without the registry, and nothing older is taken then', async () => {
    await publish(5, 'five');
    await (await follow()).source.close();
    expect((await stat(keptFile)).mode & 0o777).toBe(0o600);
    registry.refuse(503);
    const gateway = await follow();
    expect(gateway.served).toEqual(['five']);
    registry.refuse(undefined);
    await publish(3, 'three');
    gateway.source.announce(9);
    await isRefused(gateway, /older than release 5/u);
    expect(gateway.served).toEqual(['five']);
  });

  test('is not built when the registry has a newer one at once', async () => {
    await publish(5, 'five');
    await (await follow()).source.close();
    await publish(6, 'six');
    expect((await follow()).served).toEqual(['six']);
  });

  test('is served when the newer one of the registry cannot be', async () => {
    await publish(5, 'five');
    await (await follow()).source.close();
    await publish(6, 'bad');
    const gateway = await follow();
    expect(gateway.served).toEqual(['five']);
    expect(gateway.alarms).toMatchObject([{ alarm: 'SUPERGRAPH_REFUSED', sequence: 6 }]);
  });

  test('is never a forged one, nor one of another contract', async () => {
    await publish(5, 'five');
    await (await follow()).source.close();
    registry.refuse(503);
    const ofAnother = await follow({ contract: 'public-figures' });
    expect(ofAnother.served).toEqual([]);
    const text = await readFile(keptFile, 'utf8');
    await writeFile(keptFile, text.replace(/\.[\w-]/u, '.A'));
    const gateway = await follow();
    expect(gateway.served).toEqual([]);
    expect(gateway.source.standing.refused?.reason).toMatch(/not signed/u);
  });

  test('that cannot be written is an alarm, not an end, and is tried again', async () => {
    await mkdir(keptFile);
    await publish(1, 'one');
    const gateway = await follow();
    expect(gateway.served).toEqual(['one']);
    expect(gateway.source.standing.kept).toBe(false);
    expect(gateway.alarms).toMatchObject([{ alarm: 'SUPERGRAPH_NOT_KEPT' }]);
    await rm(keptFile, { recursive: true });
    await vi.waitFor(() => expect(gateway.source.standing.kept).toBe(true), soon);
    expect(gateway.alarms).toHaveLength(1);
  });
});
