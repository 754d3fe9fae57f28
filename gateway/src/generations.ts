import type { Generation } from './generation.ts';

/** The supergraph version new requests get, and the earlier ones that still have requests in flight. */
export interface Generations {
  /** `undefined` until the first has come. */
  readonly current: Generation | undefined;
  /** How many versions are alive, the current one included. */
  readonly alive: number;
  /** Runs `work` on the current version, if there is one; the version stays alive until `work` has ended. */
  use<Result>(work: (generation: Generation | undefined) => Promise<Result>): Promise<Result>;
  /** New requests get `next` from now on; the old version is stopped once nobody uses it. */
  replace(next: Generation): void;
  stop(): Promise<void>;
}

/** `onStopFailure` hears of a retired version that could not be stopped; nobody else waits for it. */
export function createGenerations(onStopFailure: (error: unknown) => void): Generations {
  let current: Generation | undefined;
  const inFlight = new Map<Generation, number>();

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
      if (!generation) return work(undefined);
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
      if (old) retireIfIdle(old);
    },
    async stop() {
      const all = [...inFlight.keys()];
      inFlight.clear();
      await Promise.all(all.map((generation) => generation.stop()));
    },
  };
}
