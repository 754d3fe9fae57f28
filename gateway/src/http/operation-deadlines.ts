import type { Deadline } from '@tavolo/deadline';

type Reason = Parameters<Deadline['abort']>[0];

/** The time of one operation. */
class OperationDeadline implements Deadline {
  readonly endsAt: number;
  readonly #controller = new AbortController();
  readonly #running: Set<OperationDeadline>;

  /** `endsAt` on the clock of `performance.now()`. */
  constructor(endsAt: number, running: Set<OperationDeadline>) {
    this.endsAt = endsAt;
    this.#running = running;
    running.add(this);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  remainingMs(): number {
    return Math.max(0, Math.round(this.endsAt - performance.now()));
  }

  abort(reason: Reason): void {
    this.#controller.abort(reason);
  }

  release(): void {
    this.#running.delete(this);
  }
}

/**
 * The deadlines of all operations. They last equally long, so they end in the order of their start, and one timer, set
 * for the first, serves them all: one for each would be set and taken back at every request.
 */
export class OperationDeadlines {
  readonly #timeoutMs: number;
  readonly #running = new Set<OperationDeadline>();
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Release it when the operation has ended. */
  start(): Deadline {
    const deadline = new OperationDeadline(performance.now() + this.#timeoutMs, this.#running);
    if (this.#timer === undefined) this.#setTimer(this.#timeoutMs);
    return deadline;
  }

  #setTimer(ms: number): void {
    this.#timer = setTimeout(() => this.#endDue(), ms);
    // An operation's connection keeps the process alive; a timer for operations long answered must not.
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
      deadline.release();
      deadline.abort('TIMEOUT');
    }
  }
}
