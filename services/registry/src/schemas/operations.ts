import type { OperationReceipt, OperationReport, PopularOperations } from '@tavolo/registry-api';
import type { OperationStore } from './store/operation-store.ts';

/** What gateways tell of what is asked. */
export interface Operations {
  record(report: OperationReport): Promise<OperationReceipt>;
  popular(first: number): Promise<PopularOperations['operations']>;
}

const pruneEveryMs = 3_600_000;

/** Forgets what is too old while it takes in what is new: without gateways there is nothing to forget. */
export function createOperations({
  store,
  now,
  logError,
}: {
  readonly store: OperationStore;
  readonly now: () => Date;
  readonly logError: (cause: unknown) => void;
}): Operations {
  let prunedAtMs = Number.NEGATIVE_INFINITY;
  return {
    async record(report) {
      const receipt = await store.record(report, now());
      if (now().getTime() - prunedAtMs > pruneEveryMs) {
        prunedAtMs = now().getTime();
        await store.prune(now()).catch(logError);
      }
      return receipt;
    },
    popular: (first) => store.popular(first),
  };
}
