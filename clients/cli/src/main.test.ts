import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { folderWith } from './run-in-folder.fixture.ts';

const tavolo = fileURLToPath(new URL('../bin/tavolo.js', import.meta.url));

it('runs as a process of its own, from any folder, with the report alone on standard output', async () => {
  const cwd = folderWith({ 'people.csv': 'local_id,cui\nU1,0TVL0000001\n' });
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [tavolo, 'link', 'check', join(cwd, 'people.csv'), '--json'],
    { cwd, env: {} },
  );
  expect(JSON.parse(stdout)).toMatchObject({ people: 1 });
  expect(stderr).toBe('');
});

it('ends with the exit code that the command earned', async () => {
  const run = promisify(execFile)(process.execPath, [tavolo, 'link', 'check'], { env: {} });
  await expect(run).rejects.toMatchObject({ code: 2, stdout: '' });
});
