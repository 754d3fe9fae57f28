import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlannedOperation } from './recent-operations.ts';

/** How much is planned before a version is served. */
export interface WarmUpLimits {
  readonly maxOperations: number;
  readonly maxMs: number;
}

/**
 * Plans one operation after the other, letting the questions under way have their turns between; ends when time or
 * number is used up. One that cannot be planned is for its asker to hear of, and stops nothing.
 */
export async function warmUp(
  operations: readonly PlannedOperation[],
  plan: (operation: PlannedOperation) => Promise<void>,
  limits: WarmUpLimits,
): Promise<number> {
  const end = performance.now() + limits.maxMs;
  let planned = 0;
  for (const operation of operations.slice(0, limits.maxOperations)) {
    if (performance.now() >= end) break;
    await nextTurn();
    await plan(operation).then(
      () => {
        planned += 1;
      },
      () => undefined,
    );
  }
  return planned;
}
