import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { describeError } from '../hub/errors.ts';

/** A file taken whole from the folder. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

export type DropOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface DropFolderOptions {
  readonly folder: string;
  readonly accepts: (name: string) => boolean;
  /** Commits before it resolves; when it throws, the file stays and is tried again. */
  readonly ingest: (file: DroppedFile) => Promise<DropOutcome>;
  readonly intervalMs: number;
  readonly logger: FastifyBaseLogger;
  /** Larger files are rejected unread. */
  readonly maxBytes?: number;
}

/**
 * Watches a folder by polling (network shares send no events). A file is taken once its size, time and inode are the
 * same over two rounds and still the same after reading: a half-written one is left alone. Then it moves to
 * `processed/`, or to `rejected/` with its reason beside it. `*.part`, `*.tmp`, dotfiles and links are never touched.
 */
export async function startDropFolder(
  options: DropFolderOptions,
): Promise<{ close(): Promise<void> }> {
  const { folder, intervalMs, logger } = options;
  for (const name of ['processed', 'rejected']) {
    await mkdir(path.join(folder, name), { recursive: true });
  }
  const lastSeen = new Map<string, string>();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile() && isDropped(entry.name) && options.accepts(entry.name))
        .map(({ name }) => name)
        .sort();
      for (const name of lastSeen.keys()) if (!names.includes(name)) lastSeen.delete(name);
      for (const name of names) if (!closed) await takeIfSettled(name, options, lastSeen);
    } catch (error) {
      logger.error(describeError(error), 'the drop folder cannot be read');
    }
  };
  const schedule = () => {
    timer = setTimeout(() => {
      round = look().then(() => (closed ? undefined : schedule()));
    }, intervalMs);
  };
  // Two looks at once: what lies there already is settled, and shall be answered from the start.
  await look();
  await look();
  schedule();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await round;
    },
  };
}

async function takeIfSettled(
  name: string,
  { folder, ingest, logger, maxBytes = 64 * 1024 * 1024 }: DropFolderOptions,
  lastSeen: Map<string, string>,
): Promise<void> {
  const source = path.join(folder, name);
  try {
    const seen = await lstat(source);
    const fingerprint = fingerprintOf(seen);
    if (lastSeen.get(name) !== fingerprint) {
      lastSeen.set(name, fingerprint);
      return;
    }
    let outcome: DropOutcome = { kind: 'rejected', reason: `larger than ${maxBytes} bytes` };
    if (seen.size <= maxBytes) {
      const file = await readUnchanged(source, name, fingerprint);
      if (file === null) return;
      outcome = await ingest(file);
    }
    // Someone may have dropped a newer file of the same name meanwhile: that one must stay.
    if (fingerprintOf(await lstat(source)) !== fingerprint) return;
    const target = path.join(folder, outcome.kind === 'taken' ? 'processed' : 'rejected');
    // The time in front: an export often has the same name every day.
    const kept = `${seen.mtime.toISOString().replace(/[:.]/gu, '-')}-${name}`;
    await rename(source, path.join(target, kept));
    if (outcome.kind === 'rejected') {
      await writeFile(path.join(target, `${kept}.reason.txt`), `${outcome.reason}\n`);
      logger.warn({ file: name, reason: outcome.reason }, 'a dropped file was rejected');
    }
    lastSeen.delete(name);
  } catch (error) {
    logger.error(describeError(error), 'a dropped file is kept for later');
  }
}

function isDropped(name: string): boolean {
  return !name.startsWith('.') && !/\.(part|tmp)$/u.test(name);
}

function fingerprintOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino}-${size}-${mtimeMs}`;
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
    if (fingerprintOf(after) !== fingerprint) return null;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, bytes, sha256, modifiedAt: after.mtime.toISOString() };
  } finally {
    await handle.close();
  }
}
