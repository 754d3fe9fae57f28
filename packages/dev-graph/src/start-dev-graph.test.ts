import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { composeWorkerUrl, createComposer } from './compose/create-composer.ts';
import type { DevEvent } from './dev-event.ts';
import { type DevKey, openDevKey } from './dev-key.ts';
import { type DevGraph, type DevGraphOptions, startDevGraph } from './start-dev-graph.ts';
import { otherSubgraphs, trainingSdl } from './test-graph.fixture.ts';

let folder: string;
let devKey: DevKey;
let mySubgraph: ReturnType<typeof fork>;
let myUrl: string;
const running: DevGraph[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-dev-graph-'));
  devKey = await openDevKey(join(folder, '.tavolo-dev'));
  mySubgraph = fork(
    fileURLToPath(new URL('./my-subgraph.fixture.ts', import.meta.url)),
    [JSON.stringify(devKey.publicKeys)],
    { execArgv: ['--import', 'tsx'] },
  );
  const [port] = (await once(mySubgraph, 'message')) as [number];
  myUrl = `http://127.0.0.1:${port}/graphql`;
});
afterEach(async () => {
  for (const graph of running.splice(0)) await graph.close();
});
afterAll(async () => {
  mySubgraph.kill();
  await rm(folder, { recursive: true, force: true });
});

/** Starts on a file of its own; `next` resolves with the next event of the kind. */
async function start(sdl: string, changes: Partial<DevGraphOptions> = {}) {
  const file = join(await mkdtemp(join(folder, 'project-')), 'schema.graphql');
  await writeFile(file, sdl);
  const told: DevEvent[] = [];
  const waiting: ((event: DevEvent) => void)[] = [];
  const graph = await startDevGraph({
    mine: { name: 'training', owner: 'training-centre', url: myUrl },
    readFiles: async () => [{ path: 'schema.graphql', text: await readFile(file, 'utf8') }],
    watched: [file],
    others: otherSubgraphs,
    composer: createComposer(composeWorkerUrl(), 60_000),
    caller: {
      organisation: 'development',
      partner: null,
      user: 'development',
      roles: ['case-worker'],
      purposeId: 'development',
      purposeVersion: 1,
      categories: [],
      districts: null,
    },
    devKey: devKey.key,
    liveKey: null,
    samples: { Person: [{ trainingKey: 'trainee-1' }] },
    seed: 'test',
    listLength: 3,
    port: 0,
    explorerFolder: undefined,
    now: () => new Date(),
    nowMs: () => performance.now(),
    timer: (milliseconds, work) => {
      const timeout = setTimeout(work, milliseconds);
      return { cancel: () => clearTimeout(timeout) };
    },
    tell: (event) => {
      told.push(event);
      for (const tell of waiting.splice(0)) tell(event);
    },
    ...changes,
  });
  running.push(graph);
  return {
    told,
    url: graph.url,
    save: (text: string) => writeFile(file, text),
    next: () => new Promise<DevEvent>((resolve) => waiting.push(resolve)),
    ask: async (query: string): Promise<unknown> => {
      const response = await fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
  };
}

it('joins my running subgraph, asked with a signed context, to invented others', async () => {
  const { ask } = await start(trainingSdl);
  const answer = await ask(
    '{ askedBy visits(first: 2) { nodes { kind person { ref courses { title } } } pageInfo { hasNextPage } } }',
  );
  expect(answer).toMatchObject({
    data: {
      askedBy: 'case-worker',
      visits: {
        nodes: [
          { person: { courses: [{ title: 'Italian A2' }] } },
          { person: { courses: [{ title: 'Italian A2' }] } },
        ],
        pageInfo: { hasNextPage: false },
      },
    },
  });
  expect(answer).not.toHaveProperty('errors');
});

it('serves the new graph after a save, and the last good one after a broken save', async () => {
  const { ask, save, next, told } = await start(trainingSdl);
  expect(told.map(({ event }) => event)).toEqual(['serving', 'composed']);
  const recomposed = next();
  await save(trainingSdl.replace('askedBy: String', 'askedBy: String addedNow: Int'));
  expect(await recomposed).toMatchObject({ event: 'composed' });
  expect(await ask('{ __type(name: "Query") { fields { name } } }')).toMatchObject({
    data: { __type: { fields: expect.arrayContaining([{ name: 'addedNow' }]) as unknown } },
  });
  const refused = next();
  await save('type Query {');
  expect(await refused).toMatchObject({
    event: 'refused',
    lastGoodServes: true,
    findings: [{ place: { subgraph: 'training', file: 'schema.graphql', line: 1 } }],
  });
  expect(await ask('{ askedBy }')).toEqual({ data: { askedBy: 'case-worker' } });
});

it('listens although the schema does not compose yet, and says so', async () => {
  const { ask, told } = await start('type Query {');
  expect(told.map(({ event }) => event)).toEqual(['serving', 'refused']);
  expect(await ask('{ askedBy }')).toMatchObject({
    errors: [{ extensions: { code: 'NO_GRAPH' } }],
  });
});

it('costs only my own fields when my subgraph is not started', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  // A server that listens on TCP has an address and a port.
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const { ask } = await start(trainingSdl, {
    mine: { name: 'training', owner: 'training-centre', url: `http://127.0.0.1:${port}/graphql` },
  });
  expect(await ask('{ askedBy visits { nodes { kind } } }')).toMatchObject({
    data: { askedBy: null, visits: { nodes: [{}, {}, {}] } },
    errors: [{ message: expect.stringContaining('training does not listen') as unknown }],
  });
});

it('answers this machine only, also to a page whose name was made to lead here', async () => {
  const { url } = await start(trainingSdl);
  const asked = request(`${url}/graphql?query={askedBy}`, { headers: { host: 'evil.example' } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [{ statusCode: number }];
  expect(response.statusCode).toBe(403);
});

it('has a page to ask with that runs its own script only, and says that nobody logs in', async () => {
  const { url } = await start(trainingSdl);
  const page = await fetch(`${url}/`);
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/u);
  expect(await page.text()).toContain('<textarea id="question"');
  const login = await fetch(`${url}/explorer/login.json`);
  expect(await login.json()).toMatchObject({ openAs: { roles: ['case-worker'] } });
});
