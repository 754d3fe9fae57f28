import { Worker } from 'node:worker_threads';
import { errorCode } from '../error-code.ts';
import { FeedFileError, type FeedFileErrorCode } from '../feed-file-error.ts';
import { defaultWorkbookLimits, type Sheet, type WorkbookLimits } from './sheet.ts';
import type { WorkbookReply, WorkbookRequest } from './workbook-worker.ts';

let worker: Worker | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Reads an XLSX in a worker thread of its own, one workbook at a time: a hostile or huge one costs its
 * deadline and the worker's memory, never the server. Throws `FeedFileError`.
 */
export function readSheets(
  bytes: Buffer,
  limits: WorkbookLimits = defaultWorkbookLimits,
): Promise<readonly Sheet[]> {
  const result = queue.then(() => readInWorker(bytes, limits));
  queue = result.catch(() => undefined);
  return result;
}

async function readInWorker(bytes: Buffer, limits: WorkbookLimits): Promise<readonly Sheet[]> {
  worker ??= startWorker();
  const running = worker;
  const reply = await new Promise<WorkbookReply>((resolve, reject) => {
    const settle = (finish: () => void, keepWorker: boolean) => {
      clearTimeout(timer);
      running.off('message', answered).off('error', failed).off('exit', ended);
      if (keepWorker) running.unref();
      else {
        worker = undefined;
        void running.terminate();
      }
      finish();
    };
    const refuse = (code: FeedFileErrorCode, message: string) =>
      settle(() => resolve({ kind: 'refused', code, message }), false);
    const timer = setTimeout(
      () => refuse('TIMED_OUT', `the workbook took longer than ${limits.deadlineMs} ms`),
      limits.deadlineMs,
    );
    running.ref();
    const answered = (answer: WorkbookReply) => settle(() => resolve(answer), true);
    const failed = (error: Error) => {
      if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
        refuse('TOO_LARGE', 'the workbook needs more memory than allowed');
      } else settle(() => reject(error), false);
    };
    const ended = () => settle(() => reject(new Error('workbook worker ended')), false);
    running.on('message', answered).on('error', failed).on('exit', ended);
    const request: WorkbookRequest = { bytes, limits };
    running.postMessage(request);
  });
  if (reply.kind === 'refused') throw new FeedFileError(reply.code, reply.message);
  return reply.sheets;
}

function startWorker(): Worker {
  return new Worker(new URL('./start-workbook-worker.mjs', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
    stdout: false,
  });
}
