import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { searchEvidence } from '@tavolo/evidence';
import { createLogger } from '@tavolo/process-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startGateway } from './gateway.ts';
import { SupergraphProblem } from './supergraph/supergraph-problem.ts';
import { hubEnvironment } from './test-subgraphs/hub-environment.ts';
import { hubState } from './test-subgraphs/hub-graph.ts';
import { createOpenGate } from './test-subgraphs/open-gate.ts';
import { askGateway, startTestProvince, type TestProvince } from './test-subgraphs/province.ts';
import { startTestHub, type TestHub } from './test-subgraphs/start-test-hub.ts';
import { startTestRegistry, type TestRegistry } from './test-subgraphs/start-test-registry.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const serveSupergraph = fileURLToPath(
  new URL('../../tests/harness/src/serve-supergraph.ts', import.meta.url),
);

let province: TestProvince;
let hub: TestHub;
let registry: TestRegistry;
let folder: string;
const started: ChildProcess[] = [];
beforeAll(async () => {
  province = await startTestProvince();
  hub = await startTestHub({ realTime: true });
  folder = await mkdtemp(join(tmpdir(), 'gateway-process-'));
  registry = await startTestRegistry(hubState(hub.issuer.url), () => new Date());
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await Promise.all([province.close(), hub.close(), registry.close()]);
  await rm(folder, { recursive: true });
});

const environment = () =>
  hubEnvironment({
    PORT: '0',
    SUPERGRAPH_FILE: hub.supergraphFile,
    ROUTING_ALLOWED_NETWORKS: '["127.0.0.0/8"]',
    TOKEN_ISSUERS: JSON.stringify([{ issuer: hub.issuer.url, jwksUrl: `${hub.issuer.url}/jwks` }]),
    REGISTRY_URL: registry.url,
    REGISTRY_PUBLIC_KEY: JSON.stringify(registry.publicKey),
    REGISTRY_STATE_FILE: join(folder, 'registry-state'),
    EVIDENCE_DIR: join(folder, 'evidence'),
    CONTEXT_SIGNING_KEY: JSON.stringify(hub.contextKey),
    TRUSTED_DOCUMENTS_FILE: join(folder, 'documents.json'),
  });

interface Running {
  readonly child: ChildProcess;
  /** The next line of its output that `has` accepts. */
  readonly line: (has: (line: string) => boolean) => Promise<string>;
}

function start(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line(has) {
      for (;;) {
        const next = await lines.next();
        if (next.done) throw new Error('the process ended before it said so');
        if (has(next.value)) return next.value;
      }
    },
  };
}

describe('main.ts', () => {
  test('says where it listens, enforces, reloads on SIGHUP, refuses a bad file, ends on SIGTERM', async () => {
    await writeFile(join(folder, 'documents.json'), '{"documents":{}}');
    const listened = registry.nextListener();
    const { child, line } = start([main], await environment());
    const { url } = JSON.parse(await line((text) => text.includes('"msg":"listening"'))) as {
      url: string;
    };
    await listened;
    // The first state may come before it listens or after.
    await vi.waitFor(async () => {
      const health = (await (await fetch(`${url}/health/ready`)).json()) as { gate: object };
      expect(health.gate).toMatchObject({ isOpen: true, evidence: 'kept' });
    });
    expect((await askGateway(url, '{ sites }')).status).toBe(401);
    const ask = async (purpose: string): Promise<unknown> => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await hub.token(purpose)}`,
        },
        body: '{"query":"{ sites }"}',
      });
      return response.json();
    };
    expect(await ask('analysis')).toMatchObject({ data: { sites: ['Parma'] } });
    expect(await ask('table')).toMatchObject({
      errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });

    await writeFile(hub.supergraphFile, `${hub.sdl}\n# later`);
    child.kill('SIGHUP');
    expect(await line((text) => text.includes('"msg":"reload"'))).toContain('"outcome":"reloaded"');

    await writeFile(hub.supergraphFile, 'type Query {');
    child.kill('SIGHUP');
    expect(await line((text) => text.includes('is refused'))).toContain(
      'The supergraph is not GraphQL',
    );
    expect(await ask('analysis')).toMatchObject({ data: { sites: ['Parma'] } });

    await writeFile(hub.supergraphFile, hub.sdl);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const { records } = await searchEvidence(join(folder, 'evidence'), {});
    expect(records.length).toBeGreaterThanOrEqual(4);
  }, 240_000);

  test('follows the registry: ready with the first release, tells what was asked, starts again without it', async () => {
    await writeFile(join(folder, 'documents.json'), '{"documents":{}}');
    const following = {
      ...(await environment()),
      SUPERGRAPH_FILE: '',
      SUPERGRAPH_KEPT_FILE: join(folder, 'supergraph.jws'),
      EVIDENCE_DIR: join(folder, 'evidence-of-follower'),
    };
    const listening = async ({ line }: Running) =>
      (JSON.parse(await line((text) => text.includes('"msg":"listening"'))) as { url: string }).url;
    const soon = { timeout: 30_000, interval: 50 };
    const first = start([main], following);
    const url = await listening(first);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    await registry.release({ sequence: 1, sdl: hub.sdl });
    await vi.waitFor(async () => {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }, soon);
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await hub.token('analysis')}`,
      },
      body: '{"query":"query Rossi { facility(id: \\"f1\\") { rossi: name } }"}',
    });
    expect(await response.json()).toMatchObject({ data: { facility: { rossi: 'Casa Uno' } } });
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
    const [told = ''] = registry.operationReports.slice(-1);
    expect([JSON.parse(told) as object]).toMatchObject([
      {
        operations: [
          {
            document: 'query($v1:ID!){facility(id:$v1){name}}',
            name: null,
            coordinates: ['Query.facility', 'Facility.name'],
            consumer: 'comune-di-prova',
            purposeId: 'analysis',
            count: 1,
          },
        ],
      },
    ]);

    registry.refuse(503);
    const again = await listening(start([main], following));
    expect(await (await fetch(`${again}/health/ready`)).json()).toMatchObject({
      supergraph: { source: 'registry', sequence: 1, kept: true },
    });
    registry.refuse(undefined);
  }, 120_000);

  test('with nothing configured it does not start, and names everything that is missing', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', main], {
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += String(chunk);
    });
    child.stdout.on('data', (chunk) => {
      told += String(chunk);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).not.toBe(0);
    for (const name of Object.keys(await hubEnvironment())) expect(told).toContain(name);
  }, 120_000);

  test('does not start where its evidence cannot be kept', async () => {
    const file = join(folder, 'no-folder');
    await writeFile(file, '');
    const { child } = start([main], { ...(await environment()), EVIDENCE_DIR: file });
    expect(await once(child, 'exit')).toEqual([1, null]);
  }, 120_000);
});

test('a stand-in for the gate is refused for a graph that asks for protection', async () => {
  await expect(
    startGateway({
      supergraphFile: hub.supergraphFile,
      host: '127.0.0.1',
      port: 0,
      gate: createOpenGate(),
      logger: createLogger({ name: 'gateway', level: 'silent' }),
    }),
  ).rejects.toThrow(SupergraphProblem);
});

describe('serve:supergraph', () => {
  test('serves a file with the addresses in it', async () => {
    const { child, line } = start([serveSupergraph, province.supergraphFile, '0']);
    const url = await line((text) => text.endsWith('/graphql'));
    const answer = await askGateway(
      url.replace(/\/graphql$/u, ''),
      '{ facilities { guests { events } } }',
    );
    expect(answer.errors).toBeUndefined();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 120_000);

  test('explains itself when called wrongly', async () => {
    const { child } = start([serveSupergraph, 'file-only']);
    expect(await once(child, 'exit')).toEqual([2, null]);
  }, 120_000);
});
