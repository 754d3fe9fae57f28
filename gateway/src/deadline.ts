/** A signal that ends with its parents or after its own time, and leaves no timer behind once released. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly remainingMs: () => number;
  abort(reason: DeadlineReason): void;
  release(): void;
}

/** `TIMEOUT`: the time is over. `CANCELLED`: nobody waits for the answer any more. */
type DeadlineReason = 'TIMEOUT' | 'CANCELLED';

/**
 * `AbortSignal.timeout` and `AbortSignal.any` keep their timers until they fire: at a thousand calls a
 * second and ten seconds each, that is ten thousand of them. These are cleared when the call ends.
 */
export function createDeadline(timeoutMs: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + timeoutMs;
  const abort = (reason: DeadlineReason) => controller.abort(reason);
  const timer = setTimeout(() => abort('TIMEOUT'), timeoutMs);
  const follow = () => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, Math.round(endsAt - performance.now())),
    abort,
    release: () => {
      clearTimeout(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
}
