import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGateway, startTestProvince, type TestProvince } from './test-subgraphs/province.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const serveSupergraph = fileURLToPath(
  new URL('../../tests/harness/src/serve-supergraph.ts', import.meta.url),
);

let province: TestProvince;
const started: ChildProcess[] = [];
beforeAll(async () => {
  province = await startTestProvince();
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await province.close();
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
  test('says where it listens, reloads on SIGHUP, refuses a bad file, ends on SIGTERM', async () => {
    const { child, line } = start([main], { PORT: '0', SUPERGRAPH_FILE: province.supergraphFile });
    const listening = JSON.parse(await line((text) => text.includes('"msg":"listening"'))) as {
      url: string;
    };
    expect((await askGateway(listening.url, '{ sites }')).data).toEqual({ sites: ['Parma'] });

    await writeFile(province.supergraphFile, `${province.sdl}\n# later`);
    child.kill('SIGHUP');
    expect(await line((text) => text.includes('"msg":"reload"'))).toContain('"outcome":"reloaded"');

    await writeFile(province.supergraphFile, 'type Query {');
    child.kill('SIGHUP');
    expect(await line((text) => text.includes('is refused'))).toContain(
      'The supergraph is not GraphQL',
    );
    expect((await askGateway(listening.url, '{ sites }')).errors).toBeUndefined();

    await writeFile(province.supergraphFile, province.sdl);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 30_000);

  test('does not start on a supergraph that asks for access control, and says why', async () => {
    const file = `${province.supergraphFile}.protected`;
    await writeFile(file, province.sdl.replace('name: String!', 'name: String! @authenticated'));
    const { child, line } = start([main], { PORT: '0', SUPERGRAPH_FILE: file });
    expect(await line((text) => text.includes('not started'))).toContain(
      '@authenticated asks for access control',
    );
    expect(await once(child, 'exit')).toEqual([1, null]);
  }, 30_000);
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
  }, 30_000);

  test('explains itself when called wrongly', async () => {
    const { child } = start([serveSupergraph, 'file-only']);
    expect(await once(child, 'exit')).toEqual([2, null]);
  }, 30_000);
});
