import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../refusal.ts';
import type { CompositionJob, CompositionReply, CompositionResult } from './composition-job.ts';

/** Composes and checks, away from the thread that serves. */
export interface Composer {
  /** Rejects with a Refusal: COMPOSITION_BUSY, COMPOSITION_TIMEOUT, SCHEMA_TOO_LARGE or COMPOSITION_FAILED. */
  compose(job: CompositionJob): Promise<CompositionResult>;
  close(): Promise<void>;
}

export interface ComposerOptions {
  /** 60,000 when absent: sixty large subgraphs take less. */
  readonly timeoutMs?: number;
  /** Old-generation heap of the worker; 1,024 when absent. */
  readonly memoryMb?: number;
  /** Told about what ended a worker. */
  readonly logError: (cause: unknown) => void;
  /** The worker's file; tests bring their own. */
  readonly workerFile?: URL;
}

/** Jobs that wait; whoever comes after them is told to come again. */
const mostWaiting = 16;
/** A check is usually followed by the publication of the same. */
const mostRemembered = 8;
const mostRememberedCharacters = 32 * 1024 * 1024;

/** One worker, one job at a time, in order; the same job again is answered from memory. */
export function createComposer(options: ComposerOptions): Composer {
  const { timeoutMs = 60_000, memoryMb = 1_024, logError } = options;
  const workerFile =
    options.workerFile ?? new URL('./start-composition-worker.mjs', import.meta.url);
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;
  const remembered = new Map<string, CompositionResult>();

  function startWorker(): Worker {
    const started = new Worker(workerFile, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 },
      stdout: false,
    });
    started.unref();
    return started;
  }

  function remember(key: string, result: CompositionResult): void {
    remembered.set(key, result);
    let characters = [...remembered.values()].reduce((sum, one) => sum + sizeOf(one), 0);
    for (const [oldest, one] of remembered) {
      if (remembered.size <= mostRemembered && characters <= mostRememberedCharacters) break;
      remembered.delete(oldest);
      characters -= sizeOf(one);
    }
  }

  async function run(job: CompositionJob): Promise<CompositionResult> {
    if (isClosed) throw new Refusal('UNAVAILABLE', 'The registry is closing');
    worker ??= startWorker();
    const running = worker;
    running.ref();
    const reply = await new Promise<CompositionReply>((resolve, reject) => {
      const timer = setTimeout(
        () =>
          end(
            new Refusal(
              'COMPOSITION_TIMEOUT',
              `The schemas took longer than ${timeoutMs} ms to compose`,
            ),
          ),
        timeoutMs,
      );
      function settle(): void {
        clearTimeout(timer);
        running.off('message', answered).off('error', failed).off('exit', ended);
      }
      /** A worker that failed at one job is not given another. */
      function end(cause: Error): void {
        settle();
        worker = undefined;
        running.on('error', () => undefined);
        void running.terminate();
        reject(cause);
      }
      const answered = (answer: CompositionReply) => {
        settle();
        running.unref();
        resolve(answer);
      };
      const failed = (cause: Error) => {
        logError(cause);
        const isTooLarge = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
        end(
          isTooLarge
            ? new Refusal(
                'SCHEMA_TOO_LARGE',
                'The schemas need more memory than a composition may use',
              )
            : new Refusal('COMPOSITION_FAILED', 'The composer ended without an answer'),
        );
      };
      const ended = () => end(new Refusal('UNAVAILABLE', 'The composer was ended'));
      running.on('message', answered).on('error', failed).on('exit', ended);
      running.postMessage(job);
    });
    if (reply.kind === 'done') return reply.result;
    const refusal = new Refusal('COMPOSITION_FAILED', 'The composer cannot read these schemas');
    refusal.cause = new Error(reply.message);
    throw refusal;
  }

  return {
    async compose(job) {
      const key = keyOf(job);
      const known = remembered.get(key);
      if (known !== undefined) return known;
      if (waiting >= mostWaiting) {
        throw new Refusal('COMPOSITION_BUSY', `${mostWaiting} compositions are waiting already`);
      }
      waiting += 1;
      // Looked up again in its turn: the same may have been composed while it waited.
      const turn = last.then(async () => remembered.get(key) ?? run(job));
      last = turn.catch(() => undefined);
      try {
        const result = await turn;
        remember(key, result);
        return result;
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
      await last;
    },
  };
}

/** Of all that the answer depends on; texts by their digests. */
function keyOf({ submitted, others, before, ...rest }: CompositionJob): string {
  const named = (sources: CompositionJob['submitted']) =>
    sources.map(({ name, owner, url, digest }) => [name, owner, url, digest]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        named(submitted),
        named(others),
        before?.id ?? null,
        Object.entries(rest).sort(),
      ]),
    )
    .digest('hex');
}

function sizeOf({ graph }: CompositionResult): number {
  if (graph === null) return 0;
  return graph.contracts.reduce((sum, { sdl }) => sum + sdl.length, graph.sdl.length);
}
