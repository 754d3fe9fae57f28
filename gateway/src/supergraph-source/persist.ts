/** Work that is done when somebody asks for it, and done again until it succeeds. */
export interface Persistence {
  /** Does it now; what is under way is done once more after it, however often it was asked meanwhile. */
  nudge(): void;
  close(): Promise<void>;
}

/**
 * `attempt` resolves to the milliseconds after which to do it again, or to `undefined` for not until the next nudge;
 * after a rejection it is done again, later each time up to `longestMs`.
 */
export function persist(options: {
  readonly attempt: () => Promise<number | undefined>;
  readonly shortestMs: number;
  readonly longestMs: number;
}): Persistence {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  let isClosed = false;
  let failures = 0;

  async function run(): Promise<void> {
    let againMs: number | undefined;
    try {
      againMs = await options.attempt();
      failures = 0;
    } catch {
      // `attempt` has told its own story; here it counts only that there is another try.
      againMs = Math.min(options.longestMs, options.shortestMs * 2 ** Math.min(failures, 20));
      failures += 1;
    }
    running = undefined;
    if (isClosed) return;
    if (isAskedAgain) begin();
    else if (againMs !== undefined) timer = setTimeout(begin, againMs).unref();
  }

  function begin(): void {
    clearTimeout(timer);
    isAskedAgain = false;
    running = run();
  }

  return {
    nudge() {
      if (isClosed) return;
      if (running) isAskedAgain = true;
      else begin();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
