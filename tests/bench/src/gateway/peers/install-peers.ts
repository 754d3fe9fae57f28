import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './start-pinned-process.ts';

export const peersFolder = join(repository, 'tests/bench/.peers');

/**
 * Installs the other makers' gateways where nothing else of the project is, from a lock of their own, unless
 * they are there as the lock has them. They want versions that the project's own install does not take.
 */
export async function installPeers(say: (line: string) => void): Promise<void> {
  const lock = await readFile(join(peersFolder, 'package-lock.json'), 'utf8');
  const mark = join(peersFolder, 'node_modules', '.installed-lock.json');
  if ((await readFile(mark, 'utf8').catch(() => undefined)) === lock) return;
  say(`installing the other gateways into ${peersFolder} (600 MB, once)`);
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: peersFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended: readonly unknown[] = await once(npm, 'exit');
  if (ended[0] !== 0) throw new Error('the other gateways do not install: see what npm says above');
  await writeFile(mark, lock);
}
