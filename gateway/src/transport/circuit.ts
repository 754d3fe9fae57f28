/** What became of a question that the circuit let through. */
export type CircuitOutcome = 'ANSWERED' | 'FAILED' | 'NEITHER';

/**
 * Stops asking a partner that fails many times in a row. Its hot path is one comparison: it neither wraps the call nor
 * listens to it.
 */
export class Circuit {
  readonly #failuresToOpen: number;
  readonly #openMs: number;
  readonly #now: () => number;
  #failuresInRow = 0;
  #openedAt = 0;
  #state: 'closed' | 'open' | 'half-open' = 'closed';

  /** `now` in milliseconds since the epoch. */
  constructor(failuresToOpen: number, openMs: number, now: () => number) {
    this.#failuresToOpen = failuresToOpen;
    this.#openMs = openMs;
    this.#now = now;
  }

  get state(): 'closed' | 'open' | 'half-open' {
    return this.#state;
  }

  /** `trial`: the one question that finds out whether an open circuit may close; the others are refused meanwhile. */
  enter(): 'usual' | 'trial' | 'refused' {
    if (this.#state === 'closed') return 'usual';
    if (this.#state === 'half-open' || this.remainingMs() > 0) return 'refused';
    this.#state = 'half-open';
    return 'trial';
  }

  /** Until a question is let through to try. */
  remainingMs(): number {
    return this.#state === 'half-open' ? this.#openMs : this.#openedAt + this.#openMs - this.#now();
  }

  /** Told once for each question let through. */
  leave(entry: 'usual' | 'trial', outcome: CircuitOutcome): void {
    if (entry === 'trial') {
      // A trial that was cancelled has shown nothing; the next one is not before its time either.
      if (outcome === 'ANSWERED') this.#close();
      else this.#open();
    } else if (outcome === 'ANSWERED') {
      this.#failuresInRow = 0;
    } else if (outcome === 'FAILED') {
      this.#failuresInRow += 1;
      if (this.#state === 'closed' && this.#failuresInRow >= this.#failuresToOpen) this.#open();
    }
  }

  #open(): void {
    this.#state = 'open';
    this.#openedAt = this.#now();
  }

  #close(): void {
    this.#state = 'closed';
    this.#failuresInRow = 0;
  }
}
