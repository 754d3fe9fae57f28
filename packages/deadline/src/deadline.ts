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
 * Instead of `AbortSignal.timeout`, which keeps its timer until it fires (a thousand calls a second of ten
 * seconds each are ten thousand of them) and, inside `AbortSignal.any`, is lost with its timer to the garbage
 * collector on Node 20, so that the call never ends. Release it when the call has ended.
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
