import type { Logger } from '@tavolo/process-kit';
import type { Exchange } from './exchange.ts';

/** Counts what the operation cost in place of what was expected; a count that fails keeps the expected. */
export function settleCost({ operation }: Exchange, logger: Logger): Promise<void> | undefined {
  const { admission, counted, requestId } = operation;
  return admission
    ?.settle(counted?.cost ?? 0)
    ?.catch((error: unknown) => logger.warn({ requestId, err: error }, 'cost not settled'));
}
