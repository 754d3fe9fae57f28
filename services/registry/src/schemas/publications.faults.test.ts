import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRegistry, type RegistryUnderTest } from '../registry.fixture.ts';
import { type CuttableWay, openCuttableWay } from '../store/cuttable-way.fixture.ts';
import { createPostgresRegistryStore } from '../store/postgres-registry-store.ts';
import type { Composer } from './composition/composer.ts';
import {
  centresIt,
  openForSchemas,
  publish,
  released,
  schema,
  servicesIt,
} from './publishing.fixture.ts';
import { createTextComposer } from './text-composer.fixture.ts';

/** Several processes on one database, and what goes wrong in the middle: nothing is ever half-published. */
let postgres: EmbeddedPostgres;
const closers: (() => Promise<void>)[] = [];
beforeEach(async () => {
  postgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await postgres.close();
});

async function open(
  composer: Composer = createTextComposer(),
  databaseUrl = postgres.url,
): Promise<RegistryUnderTest> {
  const store = createPostgresRegistryStore({ databaseUrl, poolSize: 2 });
  const registry = await openForSchemas({ store, composer });
  closers.push(() => registry.close());
  return registry;
}

/** Two more of the same registry, whose first compositions end together. */
async function openTwo(): Promise<{
  readonly one: RegistryUnderTest;
  readonly other: RegistryUnderTest;
  readonly jobs: () => number;
}> {
  const text = createTextComposer();
  let arrived = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  const composer: Composer = {
    ...text,
    async compose(job) {
      arrived += 1;
      if (arrived === 2) open();
      await both;
      return text.compose(job);
    },
  };
  return {
    one: await openAgain(composer),
    other: await openAgain(composer),
    jobs: () => text.jobs.length,
  };
}

/** Another process on a database that has its organisations. */
async function openAgain(composer: Composer): Promise<RegistryUnderTest> {
  const store = createPostgresRegistryStore({ databaseUrl: postgres.url, poolSize: 2 });
  const registry = await openRegistry({ store, composer, owners: null });
  closers.push(() => registry.close());
  return registry;
}

it('two partners who publish at once both do, each against what the other published', async () => {
  await open();
  const { one, other, jobs } = await openTwo();
  const answers = await Promise.all([
    publish(one, centresIt, [schema('centres', 'Bed.free')]),
    publish(other, servicesIt, [schema('services', 'Case.openedOn')]),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers.map(({ json }) => json['sequence']).sort()).toEqual([1, 2]);
  expect(jobs()).toBe(3);
  const release = await released(one);
  expect(release.sdl).toContain('Bed.free');
  expect(release.sdl).toContain('Case.openedOn');
});

it('of two who publish what does not go together, one is told why', async () => {
  await open();
  const { one, other } = await openTwo();
  const answers = await Promise.all([
    publish(one, centresIt, [schema('centres', 'Municipality.name')]),
    publish(other, servicesIt, [schema('services', 'Municipality.name')]),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  const refused = answers.find(({ status }) => status === 422);
  expect(refused?.json).toMatchObject({
    report: { findings: [{ code: 'INVALID_FIELD_SHARING' }] },
  });
  expect((await released(one)).subgraphs).toHaveLength(1);
});

it('a rollback of the one and a publication of the other do not undo each other', async () => {
  const first = await open();
  await publish(first, centresIt, [schema('centres', 'Bed.free')]);
  await publish(first, centresIt, [schema('centres', 'Bed.free\nBed.code')]);
  const { one, other } = await openTwo();
  const answers = await Promise.all([
    one.send(centresIt, 'POST', '/subgraphs/centres/rollback', { version: 1, reason: 'Prova' }),
    publish(other, servicesIt, [schema('services', 'Case.openedOn')]),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const release = await released(other);
  expect(release).toMatchObject({
    sequence: 4,
    subgraphs: [
      { name: 'centres', version: 1 },
      { name: 'services', version: 1 },
    ],
  });
});

it('a process that is killed in the middle of a publication has published nothing', async () => {
  const file = fileURLToPath(new URL('publishing-process.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, postgres.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const registry = await openAgain(createTextComposer());
  expect((await registry.send(centresIt, 'GET', '/subgraphs')).json).toEqual({ items: [] });
  await expect(released(registry)).rejects.toThrow('NOTHING_PUBLISHED');
  const answer = await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  expect(answer.json).toMatchObject({ sequence: 1, subgraphs: [{ version: 1 }] });
});

it('a database that goes while it is composed has nothing of it, and the next publication all', async () => {
  const way: CuttableWay = await openCuttableWay(postgres.url);
  closers.push(() => way.close());
  const text = createTextComposer();
  let isCut = true;
  const registry = await open(
    {
      ...text,
      async compose(job) {
        const result = await text.compose(job);
        if (isCut) await way.close();
        return result;
      },
    },
    way.url,
  );
  const lost = await publish(registry, centresIt, [schema('centres', 'Bed.free')]);
  expect(lost).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
  isCut = false;
  const again = await openAgain(text);
  expect((await again.send(centresIt, 'GET', '/subgraphs')).json).toEqual({ items: [] });
  expect(await publish(again, centresIt, [schema('centres', 'Bed.free')])).toMatchObject({
    status: 200,
    json: { sequence: 1 },
  });
});
