import type { Delivery, DeliveryOutcome, HealthFeedStore } from '../store/health-feed-store.ts';

export interface CommitQueue {
  /** Resolves once the delivery is on disk; rejects when it could not be stored. Order is kept. */
  take(delivery: Delivery): Promise<DeliveryOutcome>;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly resolve: (outcome: DeliveryOutcome) => void;
  readonly reject: (cause: unknown) => void;
}

/** Commits what arrives together in one go: one disk flush serves up to `maxBatch` messages. */
export function createCommitQueue(
  store: HealthFeedStore,
  { maxBatch = 128, onCommitted }: { readonly maxBatch?: number; readonly onCommitted: () => void },
): CommitQueue {
  const queue: Waiting[] = [];
  let isScheduled = false;

  const schedule = () => {
    if (isScheduled || queue.length === 0) return;
    isScheduled = true;
    // After the sockets of this turn have been read, so that their messages share a flush.
    setImmediate(() => {
      isScheduled = false;
      commit(queue.splice(0, maxBatch));
      schedule();
    });
  };
  const commit = (batch: readonly Waiting[]) => {
    try {
      const outcomes = store.take(batch.map(({ delivery }) => delivery));
      onCommitted();
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index];
        if (outcome) resolve(outcome);
        else reject(new Error('the store gave no outcome'));
      });
    } catch (cause) {
      if (batch.length === 1 || store.isDiskFull(cause)) {
        for (const { reject } of batch) reject(cause);
        return;
      }
      // One message must not keep the others out.
      for (const one of batch) commit([one]);
    }
  };

  return {
    take: (delivery) =>
      new Promise((resolve, reject) => {
        queue.push({ delivery, resolve, reject });
        schedule();
      }),
  };
}
