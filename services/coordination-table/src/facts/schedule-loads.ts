import type { FactState } from '@tavolo/analysis';
import type { FactLoader } from './fact-loader.ts';

export interface LoadSchedule {
  /** How old a fact may get. */
  readonly everyMinutes: number;
  /** Between 0 and 1: a tenth of the pause is drawn, so that not all tables ask at once. */
  readonly random: () => number;
  /** Whether the gateway would answer now. */
  readonly isGatewayReady: (signal: AbortSignal) => Promise<boolean>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly now: () => Date;
}

const probeMs = 2_000;
/** How often it is looked whether a fact is due; also when a load that failed is tried again. */
const lookMs = 10 * 60_000;

/**
 * Loads what is due as soon as the gateway answers and from then on, until the signal. A fact that was just loaded is
 * not loaded again because the process started anew: each load that differs tells that somebody came or went.
 */
export async function scheduleLoads(
  loader: FactLoader,
  { everyMinutes, random, isGatewayReady, wait, now }: LoadSchedule,
  signal: AbortSignal,
): Promise<void> {
  const isDue = ({ loadedAt, lastFailure }: FactState) =>
    loadedAt === null ||
    lastFailure !== null ||
    now().getTime() - Date.parse(loadedAt) >= everyMinutes * 60_000;
  try {
    while (!(await isGatewayReady(signal))) await wait(probeMs, signal);
    for (;;) {
      signal.throwIfAborted();
      await loader.loadDue(isDue);
      await wait(lookMs * (0.95 + random() / 10), signal);
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
