export interface LoadResult {
  /** Milliseconds of each task, in the order they ended. */
  readonly latenciesMs: readonly number[];
  readonly perSecond: number;
}

/** Runs `count` tasks, `concurrency` at a time; each gets its number. The first failure ends it. */
export async function runLoad(
  { count, concurrency }: { readonly count: number; readonly concurrency: number },
  task: (index: number) => Promise<unknown>,
): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      const startedAt = performance.now();
      await task(index);
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, work));
  return { latenciesMs, perSecond: (count * 1000) / (performance.now() - startedAt) };
}
