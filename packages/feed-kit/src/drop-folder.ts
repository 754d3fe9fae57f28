import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createDropRound, type DropRound } from './drop-round.ts';
import { errorCode } from './error-code.ts';

/** A file taken whole from the folder. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Lower-case hex; the same bytes dropped twice have the same one. */
  readonly sha256: string;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** What became of a file; `duplicate` counts as done, so that a crash between commit and move is harmless. */
export type DropOutcome =
  | { readonly kind: 'ingested' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'rejected'; readonly reason: string };

/** The part of a logger that the folder needs; it is never given a file's content. */
export interface DropLogger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DropFolderOptions {
  readonly folder: string;
  readonly accepts: (name: string) => boolean;
  /** Must commit before it resolves, and answer `duplicate` for a `sha256` it has already committed. */
  readonly ingest: (file: DroppedFile) => Promise<DropOutcome>;
  /**
   * Is shown the next settled file while one is being ingested, so that reading it can begin; what it shows
   * may change or never come to `ingest`. Must not throw.
   */
  readonly foresee?: (file: DroppedFile) => void;
  readonly intervalMs: number;
  readonly logger: DropLogger;
  /** Larger files are rejected unread; default 256 MiB. */
  readonly maxBytes?: number;
  /** Longest wait before a file whose ingest threw is tried again; default five minutes. */
  readonly maxBackoffMs?: number;
  /** Milliseconds since the epoch, for the waits only. */
  readonly now?: () => number;
}

export interface DropFolder {
  /** Resolves once a round finds nothing left to take: every file is moved, ignored or waiting after a failure. */
  idle(): Promise<void>;
  /** Runs one round now, after any that is running. */
  poll(): Promise<void>;
  /** Stops looking; a file that is being ingested is finished first. */
  close(): Promise<void>;
}

/**
 * Watches a folder by polling (network shares send no events). A file is taken once its size, time and
 * inode are the same over two rounds and still the same after reading; one at a time, in name order;
 * then moved to `processed/` or `rejected/`. `*.part`, `*.tmp` and dotfiles are never touched. When the
 * ingest throws, the file stays where it is and is tried again later.
 */
export async function startDropFolder(options: DropFolderOptions): Promise<DropFolder> {
  for (const name of ['processed', 'rejected']) {
    await mkdir(path.join(options.folder, name), { recursive: true });
  }
  const round = createDropRound(options);
  return runRounds(round, options);
}

function runRounds(round: DropRound, { intervalMs, logger }: DropFolderOptions): DropFolder {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<{ pending: number }> = Promise.resolve({ pending: 0 });

  const poll = () => {
    last = last.then(async () => {
      if (closed) return { pending: 0 };
      try {
        return await round.run(() => closed);
      } catch (error) {
        logger.error({ errorCode: errorCode(error) }, 'drop folder cannot be read');
        return { pending: 0 };
      }
    });
    return last;
  };
  const schedule = () => {
    timer = setTimeout(() => void poll().then(() => closed || schedule()), intervalMs);
  };
  schedule();

  return {
    async idle() {
      while (!closed && (await poll()).pending > 0);
    },
    async poll() {
      await poll();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await last;
    },
  };
}
