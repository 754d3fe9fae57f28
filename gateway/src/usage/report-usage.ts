import type { Logger } from '@tavolo/process-kit';
import type { OperationReport, RecordedOperation } from '@tavolo/registry-api';
import type { OperationUsage } from './operation-usage.ts';

/** Tells the registry what is asked. */
export interface UsageReporter {
  /** Sends what there is; never rejects. */
  flush(): Promise<void>;
  /** A last try, then no more. */
  close(): Promise<void>;
}

const mostOperations = 500;
const mostChars = 2_000_000;

/**
 * Every `everyMs`: a report under a random id, which stays the same until the registry has taken it, so that one
 * whose answer was lost counts once. Meanwhile `usage` goes on counting within its own bounds.
 */
export function startUsageReports(options: {
  readonly usage: OperationUsage;
  /** Resolves to `false` for a report that will never be taken. */
  readonly send: (report: OperationReport) => Promise<boolean>;
  readonly everyMs: number;
  readonly newId: () => string;
  readonly logger: Logger;
}): UsageReporter {
  const { usage, logger } = options;
  let pending: OperationReport | undefined;
  /** Taken and not sent: more than one report holds. */
  let rest: RecordedOperation[] = [];
  let flushing: Promise<void> | undefined;
  const timer = setInterval(() => void flush(), options.everyMs).unref();

  function nextReport(): OperationReport | undefined {
    if (rest.length === 0) rest = usage.take(mostOperations);
    let chars = 0;
    const end = rest.findIndex(({ document, coordinates }) => {
      chars += document.length + coordinates.join().length + 500;
      return chars > mostChars;
    });
    // At least one, however large: each is bounded.
    const operations = rest.splice(0, end === -1 ? rest.length : Math.max(1, end));
    return operations.length === 0 ? undefined : { id: options.newId(), operations };
  }

  async function sendAll(): Promise<void> {
    const dropped = usage.takeDropped();
    if (dropped > 0) logger.warn({ dropped }, 'operations were not counted for the registry');
    for (;;) {
      pending ??= nextReport();
      if (!pending) return;
      const taken = await options.send(pending);
      if (!taken) {
        logger.error(
          { operations: pending.operations.length },
          'the registry refuses a report of operations; it is dropped',
        );
      }
      pending = undefined;
    }
  }

  function flush(): Promise<void> {
    flushing ??= sendAll()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'operations are not told to the registry yet');
      })
      .finally(() => {
        flushing = undefined;
      });
    return flushing;
  }

  return {
    flush,
    async close() {
      clearInterval(timer);
      // One under way may have begun before the last questions.
      await flushing;
      await flush();
    },
  };
}
