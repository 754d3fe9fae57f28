import type { Generation } from './generation.ts';

/** The supergraph version new requests get, and the earlier ones that still have requests in flight. */
export interface Generations {
  readonly current: Generation;
  /** How many versions are alive, the current one included. */
  readonly alive: number;
  /** Runs `work` on the current version; the version stays alive until `work` has ended. */
  use<Result>(work: (generation: Generation) => Promise<Result>): Promise<Result>;
  /** New requests get `next` from now on; the old version is stopped once nobody uses it. */
  replace(next: Generation): void;
  stop(): Promise<void>;
}

/** `onStopFailure` hears of a retired version that could not be stopped; nobody else waits for it. */
export function createGenerations(
  first: Generation,
  onStopFailure: (error: unknown) => void,
): Generations {
  let current = first;
  const inFlight = new Map<Generation, number>([[first, 0]]);

  function retireIfIdle(generation: Generation): void {
    if (generation === current || inFlight.get(generation) !== 0) return;
    inFlight.delete(generation);
    generation.stop().catch(onStopFailure);
  }

  return {
    get current() {
      return current;
    },
    get alive() {
      return inFlight.size;
    },
    async use(work) {
      const generation = current;
      inFlight.set(generation, (inFlight.get(generation) ?? 0) + 1);
      try {
        return await work(generation);
      } finally {
        inFlight.set(generation, (inFlight.get(generation) ?? 1) - 1);
        retireIfIdle(generation);
      }
    },
    replace(next) {
      const old = current;
      current = next;
      inFlight.set(next, 0);
      retireIfIdle(old);
    },
    async stop() {
      const all = [...inFlight.keys()];
      inFlight.clear();
      await Promise.all(all.map((generation) => generation.stop()));
    },
  };
}
