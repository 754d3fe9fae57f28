import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIn, type StubRegistry, startStubRegistry } from '../registry.fixture.ts';
import { folderWith } from '../run-in-folder.fixture.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const mySdl = `${link}\ntype Person @key(fields: "centreKey") { centreKey: ID enrolments: Int }\n`;
const indexSdl = `${link}\ntype Person @key(fields: "centreKey") { centreKey: ID ref: ID }\ntype Query { person: Person }\n`;
const publishedAt = '2026-11-20T10:00:00.000Z';

let registry: StubRegistry;
beforeAll(async () => {
  registry = await startStubRegistry();
  registry.answers.set('GET /subgraphs', {
    json: {
      items: [
        {
          name: 'person-index',
          owner: 'person-index',
          contact: { name: 'Office', email: 'office@example.org' },
          state: 'PUBLISHED',
          version: 7,
          url: 'https://index.example.org/graphql',
          deprecatedUntil: null,
          deprecationReason: null,
          publishedAt,
        },
      ],
    },
  });
  registry.answers.set('GET /subgraphs/person-index/versions/7', {
    json: {
      subgraph: 'person-index',
      version: 7,
      state: 'PUBLISHED',
      digest: 'd',
      url: 'https://index.example.org/graphql',
      note: '',
      createdAt: publishedAt,
      createdBy: 'person-index',
      publishedAt,
      files: [{ path: 'person-index.graphql', text: indexSdl }],
    },
  });
});
afterAll(() => registry.close());

const projectWith = (sdl: string) =>
  folderWith({
    'tavolo.json': JSON.stringify({ subgraph: 'employment-centre', schema: ['schema.graphql'] }),
    'schema.graphql': sdl,
  });

/** Starts it as a process; `event` resolves with the first line of that kind that nobody has waited for yet. */
function startDev(folder: string) {
  const tavolo = fileURLToPath(new URL('../../bin/tavolo.js', import.meta.url));
  const child = spawn(process.execPath, [tavolo, 'subgraph', 'dev', '--json', '--port', '0'], {
    cwd: folder,
    env: { XDG_CONFIG_HOME: registry.configHome, TAVOLO_REGISTRY: registry.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async event(kind: string): Promise<Record<string, unknown>> {
      for (;;) {
        const line = await lines.next();
        if (line.done === true) throw new Error(`it ended before it said ${kind}`);
        // The program's own lines.
        const said = JSON.parse(line.value) as Record<string, unknown>;
        if (said['event'] === kind) return said;
      }
    },
  };
}

async function ask(url: unknown, query: string): Promise<unknown> {
  const response = await fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('tavolo subgraph dev', () => {
  it('serves my schema with the registry’s, follows what is saved, keeps the last good graph, ends when asked', async () => {
    const folder = projectWith(mySdl);
    const dev = startDev(folder);
    const { child } = dev;
    const event = (kind: string) => dev.event(kind);
    expect(await event('subgraphs')).toMatchObject({
      from: 'registry',
      subgraphs: [{ name: 'person-index', version: 7 }],
    });
    expect(String((await event('key'))['publicKeysFile'])).toContain('.tavolo-dev');
    const { graph } = await event('serving');
    await event('composed');
    expect(await ask(graph, '{ person { ref } }')).toEqual({
      data: { person: { ref: expect.stringMatching(/^mock-/u) as unknown } },
    });

    await writeFile(join(folder, 'schema.graphql'), mySdl.replace('}', ' courses: Int }'));
    await event('composed');
    expect(await ask(graph, '{ __type(name: "Person") { fields { name } } }')).toMatchObject({
      data: { __type: { fields: expect.arrayContaining([{ name: 'courses' }]) as unknown } },
    });

    await writeFile(join(folder, 'schema.graphql'), 'type Person {');
    expect(await event('refused')).toMatchObject({
      lastGoodServes: true,
      findings: [{ severity: 'ERROR', place: { file: 'schema.graphql', line: 1 } }],
    });
    expect(await ask(graph, '{ person { ref } }')).toMatchObject({ data: { person: {} } });

    child.kill('SIGINT');
    await event('stopped');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  }, 60_000);

  it('works without the registry from what it kept, and says how old that is', async () => {
    const folder = projectWith(mySdl);
    const online = await registry.tavolo(['subgraph', 'dev', '--once', '--json'], folder);
    expect(online.printed).toContain('"from":"registry"');
    const away = { XDG_CONFIG_HOME: registry.configHome, TAVOLO_REGISTRY: registry.url };
    registry.answers.set('GET /subgraphs', (response) => void response.destroy());
    const { printed } = await runIn(folder, ['subgraph', 'dev', '--once'], away);
    expect(printed).toMatch(/As of \d{4}-\d\d-\d\dT.*, kept here: person-index 7/u);
    expect(printed).toContain('cannot be reached');

    await rm(join(folder, '.tavolo-dev'), { recursive: true });
    const { exitCode, said } = await runIn(folder, ['subgraph', 'dev', '--once'], away);
    expect({ exitCode, said }).toEqual({
      exitCode: 3,
      said: expect.stringContaining('cannot be reached') as unknown,
    });
  }, 60_000);

  it('asks the others where they are only with a key that they know', async () => {
    const { exitCode, said } = await runIn(projectWith(mySdl), ['subgraph', 'dev', '--live'], {});
    expect(exitCode).toBe(2);
    expect(said).toContain('--context-key FILE');
  });
});
