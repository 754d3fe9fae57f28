import type { Deadline } from '@tavolo/deadline';
import type { CallEnd, Follower, OperationEnd } from '../transport/operation-end.ts';

/** The time of one operation. Its calls follow it themselves: a signal is made for whoever asks for one. */
export class OperationDeadline implements Deadline, OperationEnd {
  readonly endsAt: number;
  readonly #running: Set<OperationDeadline>;
  #controller: AbortController | undefined;
  #calls: Set<Follower> | undefined;
  #ended: CallEnd | undefined;

  /** `endsAt` on the clock of `performance.now()`. */
  constructor(endsAt: number, running: Set<OperationDeadline>) {
    this.endsAt = endsAt;
    this.#running = running;
    running.add(this);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#ended !== undefined) this.#controller.abort(this.#ended);
    }
    return this.#controller.signal;
  }

  get ended(): CallEnd | undefined {
    return this.#ended;
  }

  follow(call: Follower): void {
    this.#calls ??= new Set();
    this.#calls.add(call);
  }

  leave(call: Follower): void {
    this.#calls?.delete(call);
  }

  remainingMs(): number {
    return Math.max(0, Math.round(this.endsAt - performance.now()));
  }

  abort(reason: CallEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const call of this.#calls ?? []) call.end(reason);
    this.#controller?.abort(reason);
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
  start(): OperationDeadline {
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
