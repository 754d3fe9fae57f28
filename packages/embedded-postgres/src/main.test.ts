import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function start(dataDir: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: '', TMPDIR: tmpdir(), DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }; // main.ts wrote it
    if (msg === 'listening') return url;
  }
  throw new Error('ended before it listened');
}

describe('embedded postgres as a process', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tavolo-postgres-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps what was committed when it is killed in the middle of writing, and refuses a second process', async () => {
    const dataDir = join(folder, 'store');
    const first = start(dataDir);
    const client = new Client({ connectionString: await urlOf(first) });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE TABLE written (n int PRIMARY KEY, filler text)');

    const second = start(dataDir);
    let complaint = '';
    second.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(1);
    expect(complaint).toContain('Another process is using the database');

    let acknowledged = 0;
    const writing = (async () => {
      for (let n = 1; ; n += 1) {
        await client.query('INSERT INTO written SELECT $1, repeat($2, 2000)', [n, 'x']);
        acknowledged = n;
        if (n === 200) first.kill('SIGKILL');
      }
    })();
    await expect(writing).rejects.toThrow();
    expect(acknowledged).toBeGreaterThanOrEqual(200);

    const third = start(dataDir);
    const again = new Client({ connectionString: await urlOf(third) });
    await again.connect();
    const { rows } = await again.query<{ n: number; newest: number }>(
      'SELECT count(*)::int AS n, max(n) AS newest FROM written',
    );
    expect(rows[0]?.newest).toBeGreaterThanOrEqual(acknowledged);
    expect(rows[0]?.n).toBe(rows[0]?.newest);
    await again.end();
    third.kill('SIGTERM');
    expect(await once(third, 'exit')).toEqual([0, null]);
  }, 120_000);
});
