/** Why a call ends before its answer: its time is over, or nobody waits for it any more. */
export type CallEnd = 'TIMEOUT' | 'CANCELLED';

/** Who ends with an operation. */
export interface Follower {
  end(end: CallEnd): void;
}

/** The end of an operation, as its calls hear of it. */
export interface OperationEnd {
  /** `undefined` as long as somebody waits for it. */
  readonly ended: CallEnd | undefined;
  follow(call: Follower): void;
  leave(call: Follower): void;
}

const known = new WeakMap<AbortSignal, OperationEnd>();

/** The end that a signal tells of. It has one listener, however many calls follow it, and as long as it lives. */
export function endOfSignal(signal: AbortSignal): OperationEnd {
  const earlier = known.get(signal);
  if (earlier) return earlier;
  const end = new SignalEnd(signal);
  known.set(signal, end);
  return end;
}

class SignalEnd implements OperationEnd {
  readonly #calls = new Set<Follower>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    const endAll = () => {
      for (const call of this.#calls) call.end(this.#reason);
    };
    signal.addEventListener('abort', endAll, { once: true });
  }

  get ended(): CallEnd | undefined {
    return this.#signal.aborted ? this.#reason : undefined;
  }

  follow(call: Follower): void {
    this.#calls.add(call);
  }

  leave(call: Follower): void {
    this.#calls.delete(call);
  }

  get #reason(): CallEnd {
    return this.#signal.reason === 'TIMEOUT' ? 'TIMEOUT' : 'CANCELLED';
  }
}
