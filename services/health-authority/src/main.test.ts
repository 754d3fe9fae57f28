import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectMllpSender, readHl7Acknowledgement } from '@tavolo/feed-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { openHealthDatabase } from './store/open-health-database.ts';
import { adt, visit } from './testing/adt.ts';
import { testConfig } from './testing/start-test-service.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

interface Running {
  readonly process: ChildProcess;
  readonly mllpPort: number;
}

/** Starts the service as the partner would, and waits until it listens. */
async function start(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => void child.kill('SIGKILL'));
  let mllpPort = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as { msg: string; mllpPort?: number }; // pino's own lines
    if (entry.mllpPort !== undefined) mllpPort = entry.mllpPort;
    if (entry.msg === 'listening') break;
  }
  child.stdout.resume();
  return { process: child, mllpPort };
}

describe('a service killed with SIGKILL in the middle of an ingest', () => {
  it('has lost and doubled nothing once it is started again and the senders have repeated themselves', async () => {
    const config = await testConfig();
    cleanups.push(() => rm(config.DATA_DIR, { recursive: true, force: true }));
    const env = Object.fromEntries(
      Object.entries({
        ...config,
        LOG_LEVEL: 'info',
        DROP_INTERVAL_MS: 20,
        GATEWAY_KEYS: JSON.stringify(config.GATEWAY_KEYS),
      }).map(([name, value]) => [name, String(value)]),
    );
    const message = (id: string, number: string) =>
      adt(id, { ids: `P${number}^^^AUSLPR^PI`, segments: [visit(`V${number}`, '20260101100000')] });
    const batch = Array.from({ length: 4_000 }, (_, index) => message(`B${index}`, `b${index}`));
    await mkdir(config.DROP_DIR, { recursive: true });
    await writeFile(
      path.join(config.DROP_DIR, 'batch.hl7'),
      `FHS|^~\\&\rBHS|^~\\&\r${batch.join('')}BTS|${batch.length}\rFTS|1\r`,
    );

    const messages = Array.from({ length: 600 }, (_, index) => message(`M${index}`, `m${index}`));
    const first = await start(env);
    const exited = once(first.process, 'exit');
    const sender = await connectMllpSender({ host: '127.0.0.1', port: first.mllpPort, window: 10 });
    let acknowledged = 0;
    const answers = await Promise.allSettled(
      messages.map(async (text) => {
        const { code } = readHl7Acknowledgement(await sender.send(Buffer.from(text)));
        acknowledged += 1;
        if (acknowledged === 200) first.process.kill('SIGKILL');
        return code;
      }),
    );
    await exited;
    const promised = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled' && answer.value === 'AA' ? [index] : [],
    );
    expect(promised.length).toBeGreaterThanOrEqual(200);
    expect(promised.length).toBeLessThan(600);

    const database = openHealthDatabase(path.join(config.DATA_DIR, 'health-authority.sqlite'));
    cleanups.push(() => void database.close());
    const has = database.prepare('SELECT count(*) AS n FROM event WHERE key = ?');
    for (const index of promised) expect(has.get([`visit:Vm${index}`])).toMatchObject({ n: 1 });

    const second = await start(env);
    const again = await connectMllpSender({ host: '127.0.0.1', port: second.mllpPort, window: 10 });
    const repeated = await Promise.all(messages.map((text) => again.send(Buffer.from(text))));
    expect(new Set(repeated.map((answer) => readHl7Acknowledgement(answer).code))).toEqual(
      new Set(['AA']),
    );
    await again.close();
    const ended = once(second.process, 'exit');
    const batched = database.prepare("SELECT count(*) AS n FROM event WHERE key LIKE 'visit:Vb%'");
    await expect.poll(() => batched.get([]), { timeout: 15_000 }).toMatchObject({ n: 4_000 });
    second.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    for (const table of ['event', 'message', 'person']) {
      const count = database.prepare(`SELECT count(*) AS n FROM ${table}`);
      expect(count.get([])).toMatchObject({ n: 4_600 });
    }
  }, 60_000);
});
