import type { FactLoader } from './fact-loader.ts';

export interface LoadSchedule {
  readonly everyMinutes: number;
  /** Between 0 and 1: a tenth of the pause is drawn, so that not all tables ask at once. */
  readonly random: () => number;
  /** Whether the gateway would answer now. */
  readonly isGatewayReady: (signal: AbortSignal) => Promise<boolean>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

const probeMs = 2_000;

/** Loads as soon as the gateway answers, and again after every pause, until the signal. */
export async function scheduleLoads(
  loader: FactLoader,
  { everyMinutes, random, isGatewayReady, wait }: LoadSchedule,
  signal: AbortSignal,
): Promise<void> {
  try {
    while (!(await isGatewayReady(signal))) await wait(probeMs, signal);
    for (;;) {
      signal.throwIfAborted();
      await loader.loadAll();
      await wait(everyMinutes * 60_000 * (0.95 + random() / 10), signal);
    }
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
