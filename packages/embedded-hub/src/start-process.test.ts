import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startProcess } from './start-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tavolo-process-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = () => ({
  name: 'person-index',
  entry: 'services/person-index/src/main.ts',
  env: {},
  logFolder: folder,
  onUnexpectedEnd: () => undefined,
  startTimeoutMs: 60_000,
});

it('says which process did not start and where its log is; the log lists every problem', async () => {
  await expect(startProcess(options())).rejects.toThrow(
    /^person-index did not start: exit code 1\. Its log: .*person-index\.log$/u,
  );
  const log = await readFile(join(folder, 'person-index.log'), 'utf8');
  for (const name of ['PORT', 'DATABASE_URL', 'REF_SECRET', 'PARTNER_TOKENS']) {
    expect(log).toContain(`${name}: is missing`);
  }
});

it('passes nothing of its own environment on', async () => {
  await expect(
    startProcess({ ...options(), env: { REF_SECRET: 'not long enough' } }),
  ).rejects.toThrow('did not start');
  const log = await readFile(join(folder, 'person-index.log'), 'utf8');
  expect(log).toContain('REF_SECRET: must have at least 32 characters');
  expect(log).not.toContain('not long enough');
});

it('waits no longer for a process that says why it gives up, and repeats it', async () => {
  const problem = 'EADDRINUSE (listen) port 4105: another process listens there';
  const script = `console.log('${JSON.stringify({ level: 60, problem })}'); setInterval(() => {}, 1000);`;
  await expect(startProcess({ ...options(), runner: ['-e', script] })).rejects.toThrow(
    `person-index did not start: ${problem}. Its log:`,
  );
});
