/** What became of requests that were sent by the clock, whether or not the ones before had been answered. */
export interface OpenLoopResult {
  /** Milliseconds from when each was due: waiting for a slow server counts. */
  readonly latenciesMs: readonly number[];
  readonly failures: ReadonlyMap<string, number>;
  readonly sent: number;
  readonly seconds: number;
}

export interface OpenLoop {
  /** Sends no more, and waits for those under way. */
  stop(): Promise<OpenLoopResult>;
}

/** Requests beyond it are counted as failed instead of sent: a server that has stalled would take the memory of both. */
const mostUnderWay = 2_000;

/** `task` gets the number of the request, and answers why it failed, or null. */
export function startOpenLoop(
  perSecond: number,
  task: (index: number) => Promise<string | null>,
): OpenLoop {
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  const failures = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  const fail = (why: string) => failures.set(why, (failures.get(why) ?? 0) + 1);
  const send = (index: number) => {
    const dueAt = startedAt + (index * 1_000) / perSecond;
    const one = task(index)
      .then(
        (why) => {
          if (why === null) latenciesMs.push(performance.now() - dueAt);
          else fail(why);
        },
        (error: unknown) => {
          fail(error instanceof Error ? error.message : 'unknown');
        },
      )
      .finally(() => underWay.delete(one));
    underWay.add(one);
  };
  const clock = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (; sent < due; sent += 1) {
      if (underWay.size < mostUnderWay) send(sent);
      else fail('not sent: too many wait');
    }
  }, 2);
  return {
    async stop() {
      clearInterval(clock);
      const seconds = (performance.now() - startedAt) / 1_000;
      await Promise.all(underWay);
      return { latenciesMs, failures, sent, seconds };
    },
  };
}
