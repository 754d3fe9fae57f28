import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandFailure, codeOf } from '../cli-error.ts';

const tryEveryMs = 50;
const staleAfterMs = 60_000;
const maxTries = 400;

/**
 * Does something while no other command of this user does it too: a refresh token is good once, and two
 * commands that used the same one would lose the login for both.
 */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = join(folder, 'logins.lock');
  await take(lock);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    // Left behind by a command that was killed.
    const taken = await stat(lock).catch(() => null);
    if (taken !== null && Date.now() - taken.mtimeMs > staleAfterMs)
      await rm(lock, { force: true });
    else await wait(tryEveryMs);
  }
  throw new CommandFailure(`another tavolo command holds ${lock}; remove it if there is none`);
}
