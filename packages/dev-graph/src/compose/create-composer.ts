import { Worker } from 'node:worker_threads';
import type { SubgraphsChecked, SubgraphsToCheck } from '@tavolo/schema-check/compose';

export type ComposeReply =
  | ({ readonly kind: 'checked' } & SubgraphsChecked)
  | { readonly kind: 'failed'; readonly message: string };

/** Composition is synchronous and takes seconds: it has a thread of its own. */
export interface Composer {
  /** One at a time; a second call before the first has ended is a mistake and rejects. */
  compose(request: SubgraphsToCheck): Promise<SubgraphsChecked>;
  close(): Promise<void>;
}

const limits = { maxOldGenerationSizeMb: 1_500, maxYoungGenerationSizeMb: 64 };

/** Where the worker's code is when this runs from source; a bundle has it elsewhere and says so. */
export const composeWorkerUrl = () => new URL('./start-compose-worker.mjs', import.meta.url);

/** `workerUrl` is a script that calls `answerComposeRequests`; a thread that ran out of time or memory is replaced. */
export function createComposer(workerUrl: URL, timeoutMs: number): Composer {
  let worker: Worker | undefined;
  let isBusy = false;

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  async function ask(request: SubgraphsToCheck): Promise<ComposeReply> {
    worker ??= new Worker(workerUrl, {
      execArgv: [],
      resourceLimits: limits,
      workerData: composeWorkerMark,
    });
    const asked = worker;
    asked.ref();
    try {
      return await new Promise<ComposeReply>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`composition took longer than ${timeoutMs / 1_000} s`)),
          timeoutMs,
        );
        const answered = (reply: ComposeReply) => settle(() => resolve(reply));
        const failed = (cause: Error) =>
          settle(() => reject(new Error('composition failed', { cause })));
        const ended = () => settle(() => reject(new Error('composition ended early')));
        // Each by its name: a worker listens to itself too.
        const settle = (done: () => void) => {
          clearTimeout(timer);
          asked.off('message', answered).off('error', failed).off('exit', ended);
          done();
        };
        asked.on('message', answered).on('error', failed).on('exit', ended);
        asked.postMessage(request);
      });
    } catch (error) {
      await end();
      throw error;
    } finally {
      asked.unref();
    }
  }

  return {
    async compose(request) {
      if (isBusy) throw new Error('a composition is under way');
      isBusy = true;
      try {
        const reply = await ask(request);
        if (reply.kind === 'failed') throw new Error(`composition failed: ${reply.message}`);
        return { findings: reply.findings, supergraphSdl: reply.supergraphSdl };
      } finally {
        isBusy = false;
      }
    },
    close: end,
  };
}

/** A script that is program and worker in one knows by this which of the two it is. */
export const composeWorkerMark = 'tavolo-compose';
