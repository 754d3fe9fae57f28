import type { CallEnd, Follower, OperationEnd } from './operation-end.ts';

/** The time of one call: it ends with the operation that asks, or after the time every call to a partner has. */
export class CallDeadline implements Follower {
  readonly #parent: OperationEnd;
  readonly #endsAt: number;
  #ended: CallEnd | undefined;
  #listener: ((end: CallEnd) => void) | undefined;

  /** `endsAt` on the clock of `performance.now()`. */
  constructor(endsAt: number, parent: OperationEnd) {
    this.#endsAt = endsAt;
    this.#parent = parent;
    this.#ended = parent.ended;
    if (this.#ended === undefined) parent.follow(this);
  }

  get ended(): CallEnd | undefined {
    return this.#ended;
  }

  get endsAt(): number {
    return this.#endsAt;
  }

  remainingMs(): number {
    return Math.max(0, Math.round(this.#endsAt - performance.now()));
  }

  /** The one who hears of the end, in place of the one before; at once where it was before. */
  onEnd(listener: ((end: CallEnd) => void) | undefined): void {
    this.#listener = listener;
    if (this.#ended !== undefined) listener?.(this.#ended);
  }

  end(end: CallEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = end;
    this.#listener?.(end);
  }

  release(): void {
    this.#listener = undefined;
    this.#parent.leave(this);
  }
}

/**
 * The deadlines of all calls to one partner. They last equally long, so they end in the order of their start, and one
 * timer, set for the first, serves them all.
 */
export class CallDeadlines {
  readonly #timeoutMs: number;
  readonly #running = new Set<CallDeadline>();
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  start(parent: OperationEnd): CallDeadline {
    const deadline = new CallDeadline(performance.now() + this.#timeoutMs, parent);
    this.#running.add(deadline);
    if (this.#timer === undefined) this.#setTimer(this.#timeoutMs);
    return deadline;
  }

  release(deadline: CallDeadline): void {
    this.#running.delete(deadline);
    deadline.release();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #setTimer(ms: number): void {
    this.#timer = setTimeout(() => this.#endDue(), ms);
    // A call keeps its socket, and with it the process, alive; a timer for calls long answered must not.
    this.#timer.unref();
  }

  #endDue(): void {
    this.#timer = undefined;
    for (const deadline of this.#running) {
      const left = deadline.endsAt - performance.now();
      if (left > 0) {
        this.#setTimer(Math.ceil(left));
        return;
      }
      this.#running.delete(deadline);
      deadline.end('TIMEOUT');
    }
  }
}
