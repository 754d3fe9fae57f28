import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fetchSupergraph } from '@tavolo/registry-api';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type GatewayOptions, type RunningGateway, startGateway } from './gateway.ts';
import {
  createRegistrySource,
  type RegistrySource,
} from './supergraph-source/create-registry-source.ts';
import { hubState } from './test-subgraphs/hub-graph.ts';
import { createOpenGate } from './test-subgraphs/open-gate.ts';
import { askGateway, startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { startTestRegistry, type TestRegistry } from './test-subgraphs/start-test-registry.ts';
import { thisMachine } from './test-subgraphs/this-machine.ts';

// Node gives the collector to whoever asks for it before the context is made.
setFlagsFromString('--expose-gc');
// Of this very flag: a function without arguments.
const collectGarbage = runInNewContext('gc') as () => void;

/** Long enough for a machine with other things to do. */
const soon = { timeout: 20_000, interval: 5 };

const logger = pino({ level: 'silent' });
let province: TestProvince;
let registry: TestRegistry;
let folder: string;
beforeAll(async () => {
  province = await startTestProvince();
  folder = await mkdtemp(join(tmpdir(), 'hot-swap-'));
});
afterAll(async () => {
  await province.close();
  await rm(folder, { recursive: true });
});

interface Follower {
  readonly gateway: RunningGateway;
  readonly source: RegistrySource;
  readonly supergraph: () => Promise<{ sequence: number | null; version: string | null }>;
}

let files = 0;
async function follow(options: Partial<GatewayOptions> = {}): Promise<Follower> {
  files += 1;
  const source = createRegistrySource({
    fetch: (signal) =>
      fetchSupergraph({ registryUrl: registry.url, token: 'a token', contract: null, signal }),
    publicKey: registry.publicKey,
    contract: null,
    keptFile: join(folder, `kept-${files}`),
    now: () => new Date(),
    logger,
    times: { startMs: 2_000, shortestRetryMs: 5, longestRetryMs: 50 },
  });
  const gateway = await startGateway({
    supergraphSource: source,
    allowedNetworks: thisMachine,
    host: '127.0.0.1',
    port: 0,
    gate: createOpenGate(),
    random: () => 0,
    logger,
    ...options,
  });
  return {
    gateway,
    source,
    async supergraph() {
      const response = await fetch(`${gateway.url}/health/ready`);
      // The page of the gateway under test.
      return (
        (await response.json()) as { supergraph: Awaited<ReturnType<Follower['supergraph']>> }
      ).supergraph;
    },
  };
}

/** The province's graph with something more to say in it. */
const version = (sequence: number) =>
  province.sdl.replace('type Site\n', `"""Where (dove), ${sequence}."""\ntype Site\n`);
const publish = (sequence: number, sdl = version(sequence)) => registry.release({ sequence, sdl });

describe('a gateway that follows the registry', () => {
  test('starts before anything is published, and is ready by itself', async () => {
    registry = await startTestRegistry(hubState('http://127.0.0.1:1'), () => new Date());
    const { gateway, source } = await follow();
    const health = await fetch(`${gateway.url}/health/ready`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'waits for the first supergraph',
      supergraph: { source: 'registry', sequence: null, version: null },
    });
    const early = await askGateway(gateway.url, '{ sites }');
    expect(early.status).toBe(503);
    expect(early.errors?.[0]?.extensions['code']).toBe('NO_SUPERGRAPH');
    await publish(1);
    source.announce(1);
    await vi.waitFor(async () => {
      expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    }, soon);
    expect((await askGateway(gateway.url, '{ sites }')).data).toEqual({ sites: ['Parma'] });
    await gateway.close();
    await registry.close();
  }, 60_000);

  test('and another that does: both end on the same release, whatever each has seen', async () => {
    registry = await startTestRegistry(hubState('http://127.0.0.1:1'), () => new Date());
    await publish(1);
    const followers = [await follow(), await follow()];
    for (let sequence = 2; sequence <= 6; sequence += 1) {
      await publish(sequence);
      followers[sequence % 2]?.source.announce(sequence);
    }
    for (const { source } of followers) source.announce(6);
    await vi.waitFor(async () => {
      const [one, other] = await Promise.all(followers.map(({ supergraph }) => supergraph()));
      expect(one).toMatchObject({ sequence: 6 });
      expect(other?.version).toBe(one?.version);
    }, soon);
    await Promise.all(followers.map(({ gateway }) => gateway.close()));
    await registry.close();
  }, 60_000);

  test('leaves no version behind after many', async () => {
    registry = await startTestRegistry(hubState('http://127.0.0.1:1'), () => new Date());
    await publish(1);
    const retired: WeakRef<object>[] = [];
    let alive = 0;
    const ended = new FinalizationRegistry(() => {
      alive -= 1;
    });
    const open = createOpenGate();
    const { gateway, source } = await follow({
      gate: {
        ...open,
        prepare: async (supergraph) => {
          alive += 1;
          ended.register(supergraph, undefined);
          retired.push(new WeakRef(supergraph));
        },
      },
    });
    const swaps = 60;
    for (let sequence = 2; sequence <= swaps; sequence += 1) {
      await publish(sequence);
      const asked = askGateway(gateway.url, '{ facilities { id } sites }');
      source.announce(sequence);
      await vi.waitFor(() => expect(source.standing.sequence).toBe(sequence), soon);
      expect((await asked).errors).toBeUndefined();
    }
    expect(retired).toHaveLength(swaps);
    await vi.waitFor(() => expect(gateway.versionsAlive).toBe(1), soon);
    // A version nobody holds is collected when the collector comes by: it is made to.
    await vi.waitFor(() => {
      collectGarbage();
      expect(alive).toBeLessThan(5);
    }, soon);
    await gateway.close();
    await registry.close();
  }, 120_000);

  test('plans what was asked before it serves a new version', async () => {
    registry = await startTestRegistry(hubState('http://127.0.0.1:1'), () => new Date());
    await publish(1);
    const { gateway, source } = await follow();
    const question = 'query Places($id: ID!) { facility(id: $id) { name guests { events } } }';
    await askGateway(gateway.url, question, { id: 'f1' });
    const asked = province.reception.questions.length;
    await publish(2);
    source.announce(2);
    await vi.waitFor(() => expect(source.standing.sequence).toBe(2), soon);
    // Planned, and nobody was asked for it.
    expect(province.reception.questions).toHaveLength(asked);
    const answer = await askGateway(gateway.url, question, { id: 'f1' });
    expect(answer.data).toMatchObject({ facility: { name: 'Casa Uno' } });
    expect(province.reception.questions).toHaveLength(asked + 1);
    await gateway.close();
    await registry.close();
  }, 60_000);
});
