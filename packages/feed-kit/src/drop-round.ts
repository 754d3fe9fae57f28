import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, lstat, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { DropFolderOptions, DropOutcome, DroppedFile } from './drop-folder.ts';
import { errorCode } from './error-code.ts';

/** One look at the folder. */
export interface DropRound {
  /** `pending` counts files that are still settling; files that wait after a failure are not counted. */
  run(isStopped: () => boolean): Promise<{ pending: number }>;
}

interface Waiting {
  readonly failures: number;
  readonly retryAt: number;
}

const firstBackoffMs = 500;

export function createDropRound(options: DropFolderOptions): DropRound {
  const { folder, accepts, ingest, logger, now = Date.now } = options;
  const maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
  const maxBackoffMs = options.maxBackoffMs ?? 300_000;
  const lastSeen = new Map<string, string>();
  const waiting = new Map<string, Waiting>();

  /** Returns false when the file has to be looked at again in the next round. */
  async function take(name: string, next: string | undefined): Promise<boolean> {
    const source = path.join(folder, name);
    const seen = await lstat(source);
    const fingerprint = fingerprintOf(seen);
    if (lastSeen.get(name) !== fingerprint) {
      lastSeen.set(name, fingerprint);
      return false;
    }
    let outcome: DropOutcome;
    let sha256 = fingerprint;
    if (seen.size > maxBytes) {
      outcome = { kind: 'rejected', reason: `larger than ${maxBytes} bytes` };
    } else {
      const file = await readUnchanged(source, name, fingerprint);
      if (file === null) {
        lastSeen.delete(name);
        return false;
      }
      sha256 = file.sha256;
      [outcome] = await Promise.all([ingest(file), lookAhead(next)]);
    }
    // Someone may have dropped a newer file under the same name meanwhile: that one must stay.
    if (fingerprintOf(await lstat(source)) !== fingerprint) return false;
    const target = outcome.kind === 'rejected' ? 'rejected' : 'processed';
    await rename(source, await freeName(path.join(folder, target), name, sha256));
    logger.info(
      outcome.kind === 'rejected'
        ? { outcome: outcome.kind, reason: outcome.reason }
        : { outcome: outcome.kind },
      'dropped file taken',
    );
    return true;
  }

  /** A file that cannot be read ahead is met again in its own turn, where its trouble is reported. */
  async function lookAhead(name: string | undefined): Promise<void> {
    if (options.foresee === undefined || name === undefined) return;
    try {
      const source = path.join(folder, name);
      const seen = await lstat(source);
      const fingerprint = fingerprintOf(seen);
      if (lastSeen.get(name) !== fingerprint || seen.size > maxBytes) return;
      const file = await readUnchanged(source, name, fingerprint);
      if (file !== null) options.foresee(file);
    } catch {
      return;
    }
  }

  return {
    async run(isStopped) {
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile() && isDropped(entry.name) && accepts(entry.name))
        .map((entry) => entry.name)
        .sort();
      forgetAbsent(lastSeen, names);
      forgetAbsent(waiting, names);
      let pending = 0;
      for (const [index, name] of names.entries()) {
        if (isStopped()) break;
        const wait = waiting.get(name);
        if (wait !== undefined && wait.retryAt > now()) continue;
        try {
          if (!(await take(name, names[index + 1]))) pending += 1;
          else lastSeen.delete(name);
          waiting.delete(name);
        } catch (error) {
          if (errorCode(error) === 'ENOENT') continue;
          const failures = (wait?.failures ?? 0) + 1;
          const delay = Math.min(firstBackoffMs * 2 ** (failures - 1), maxBackoffMs);
          waiting.set(name, { failures, retryAt: now() + delay });
          logger.error(
            { errorCode: errorCode(error), failures, retryInMs: delay },
            'dropped file kept for later',
          );
        }
      }
      return { pending };
    },
  };
}

function isDropped(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('.part') && !name.endsWith('.tmp');
}

function fingerprintOf(stats: Stats): string {
  return `${stats.ino}-${stats.size}-${stats.mtimeMs}`;
}

/** Null when the file was replaced or written to while it was being read. */
async function readUnchanged(
  source: string,
  name: string,
  fingerprint: string,
): Promise<DroppedFile | null> {
  const handle = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if (fingerprintOf(await handle.stat()) !== fingerprint) return null;
    const bytes = await handle.readFile();
    const after = await handle.stat();
    if (
      fingerprintOf(after) !== fingerprint ||
      fingerprintOf(await lstat(source)) !== fingerprint
    ) {
      return null;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, bytes, sha256, modifiedAt: after.mtime.toISOString() };
  } finally {
    await handle.close();
  }
}

/** A name already taken by different bytes gets the start of the digest in front. */
async function freeName(folder: string, name: string, sha256: string): Promise<string> {
  const plain = path.join(folder, name);
  try {
    await access(plain);
  } catch {
    return plain;
  }
  return path.join(folder, `${sha256.slice(0, 12)}-${name}`);
}

function forgetAbsent(map: Map<string, unknown>, names: readonly string[]): void {
  const present = new Set(names);
  for (const name of map.keys()) if (!present.has(name)) map.delete(name);
}
