import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { EvidenceProblem } from './evidence-error.ts';
import { LOCK } from './evidence-files.ts';

const lockContent = z.strictObject({
  token: z.uuid(),
  host: z.string(),
  pid: z.int().min(1),
  /** When the process started, as the system counts; null where it cannot be told. */
  started: z.string().nullable(),
});

export interface FolderLock {
  /** Says that the owner lives; false when somebody else has the folder now. */
  beat(): Promise<boolean>;
  release(): Promise<void>;
}

/** A process on another machine is taken for dead after this long without a sign. */
const DEAD_AFTER_MS = 60_000;

/** Makes this process the only writer of a folder; a lock whose process is gone is taken over. */
export async function lockFolder(folder: string, now: () => Date): Promise<FolderLock> {
  const path = join(folder, LOCK);
  const token = randomUUID();
  const own = { token, host: hostname(), pid: process.pid, started: await startOf(process.pid) };
  const content = JSON.stringify(own);
  if (!(await create(path, content))) {
    await removeStale(path, now);
    if (!(await create(path, content))) throw inUse(path);
  }
  const isOurs = async () => (await readFile(path, 'utf8').catch(() => '')) === content;
  return {
    async beat() {
      if (!(await isOurs())) return false;
      await utimes(path, now(), now());
      return true;
    },
    async release() {
      if (await isOurs()) await rm(path, { force: true });
    },
  };
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Throws when the owner lives. Two that find the same stale lock: the rename tells which of them takes it. */
async function removeStale(path: string, now: () => Date): Promise<void> {
  const found = await readFile(path, 'utf8').catch(() => null);
  if (found === null) return;
  if (!(await isStale(path, found, now))) throw inUse(path);
  const away = `${path}.${randomUUID()}`;
  await rename(path, away).catch(() => undefined);
  const taken = await readFile(away, 'utf8').catch(() => null);
  if (taken !== null && taken !== found) {
    // Another one took the stale lock between reading and renaming; it gets its own back.
    await link(away, path).catch(() => undefined);
    await rm(away, { force: true });
    throw inUse(path);
  }
  await rm(away, { force: true });
}

async function isStale(path: string, content: string, now: () => Date): Promise<boolean> {
  const age = now().getTime() - (await stat(path)).mtimeMs;
  let lock: z.infer<typeof lockContent>;
  try {
    lock = lockContent.parse(JSON.parse(content));
  } catch {
    // Empty or cut off: its writer may be about to fill it.
    return age > DEAD_AFTER_MS;
  }
  if (lock.host !== hostname()) return age > DEAD_AFTER_MS;
  if (!isAlive(lock.pid)) return true;
  const started = await startOf(lock.pid);
  // A number that another process has by now.
  return started !== null && lock.started !== null && started !== lock.started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Clock ticks since the machine started, from `/proc`; null elsewhere. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name of the program stands in brackets and may hold anything.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function inUse(path: string): EvidenceProblem {
  return new EvidenceProblem(
    `The evidence log is in use by another process (${path}). A log has one writer: stop the other one, or give this process a folder of its own.`,
  );
}
