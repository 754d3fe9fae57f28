import { setImmediate as nextTurn } from 'node:timers/promises';
import { EvidenceUnavailable } from './evidence-error.ts';

interface Waiting {
  readonly body: string;
  readonly resolve: () => void;
  readonly reject: (error: EvidenceUnavailable) => void;
}

export interface CommitQueueOptions {
  /** Writes a group, durably; the queue never asks for two things at once. */
  readonly commit: (bodies: readonly string[]) => Promise<void>;
  /** Called before a group after a failure; while it rejects, nothing is written. */
  readonly recover: () => Promise<void>;
  readonly mostWaiting: number;
  readonly onFailed: (error: unknown, refused: number) => void;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
}

/** Whoever waits while a group is written goes into the next one together: one write and one flush for all. */
export interface CommitQueue {
  append(body: string): Promise<void>;
  /** Between two groups; rejects with what the work rejects with. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Takes nothing more and resolves when everything was written. */
  drain(): Promise<void>;
}

const MOST_IN_GROUP = 256;
const MOST_GROUP_BYTES = 2_097_152;
/** How long nothing is tried after the store could not be brought back. */
const REST_MS = 1_000;

export function createCommitQueue(options: CommitQueueOptions): CommitQueue {
  let waiting: Waiting[] = [];
  const tasks: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  let isClosed = false;
  let isBroken = false;
  let restsUntil = Number.NEGATIVE_INFINITY;

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let length = 0;
    for (const { body } of waiting) {
      if (length === MOST_IN_GROUP || (length > 0 && bytes + body.length > MOST_GROUP_BYTES)) break;
      bytes += body.length;
      length += 1;
    }
    const group = waiting.slice(0, length);
    waiting = waiting.slice(length);
    return group;
  }

  async function step(work: () => Promise<void>): Promise<void> {
    if (isBroken) {
      if (options.nowMs() < restsUntil)
        throw new EvidenceUnavailable('The evidence log could not be written a moment ago.');
      try {
        await options.recover();
      } catch (error) {
        restsUntil = options.nowMs() + REST_MS;
        throw error;
      }
    }
    try {
      await work();
      isBroken = false;
    } catch (error) {
      isBroken = true;
      throw error;
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0 || tasks.length > 0) {
      const task = tasks.shift();
      if (task !== undefined) {
        await task();
        continue;
      }
      // Whoever comes in this turn of the event loop goes along.
      await nextTurn();
      const group = takeGroup();
      try {
        await step(() => options.commit(group.map(({ body }) => body)));
        for (const { resolve } of group) resolve();
      } catch (error) {
        options.onFailed(error, group.length);
        for (const { reject } of group) {
          reject(new EvidenceUnavailable('The evidence log cannot be written.', { cause: error }));
        }
      }
    }
  }

  function start(): void {
    running ??= run().finally(() => {
      running = undefined;
      if (waiting.length > 0 || tasks.length > 0) start();
    });
  }

  return {
    append(body) {
      if (isClosed) return Promise.reject(new EvidenceUnavailable('The evidence log is closed.'));
      if (waiting.length >= options.mostWaiting) {
        return Promise.reject(new EvidenceUnavailable('Too many records wait to be written.'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ body, resolve, reject });
        start();
      });
    },
    exclusively(work) {
      return new Promise((resolve, reject) => {
        tasks.push(() => step(async () => resolve(await work())).catch(reject));
        start();
      });
    },
    async drain() {
      isClosed = true;
      while (running !== undefined) await running;
    },
  };
}
