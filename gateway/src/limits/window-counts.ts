/** How a count stands after something was added to it. */
export interface WindowCount {
  readonly points: number;
  /** Until the window is over and the count begins anew. */
  readonly msLeft: number;
}

/** Counts by key, each in a window of its own that begins with the first that is counted. */
export interface WindowCounts {
  /** Negative points take back; of a window that is over there is nothing to take back. */
  add(key: string, points: number): WindowCount | Promise<WindowCount>;
}

interface Window {
  points: number;
  readonly endsAt: number;
}

/** Counts of this process alone. A window that is over is forgotten with the next look at all of them. */
export class MemoryWindowCounts implements WindowCounts {
  readonly #windows = new Map<string, Window>();
  readonly #windowMs: number;
  readonly #nowMs: () => number;
  #looksAgainAt: number;

  /** `nowMs` in milliseconds since the epoch. */
  constructor(windowMs: number, nowMs: () => number) {
    this.#windowMs = windowMs;
    this.#nowMs = nowMs;
    this.#looksAgainAt = nowMs() + windowMs;
  }

  /** Windows remembered. */
  get size(): number {
    return this.#windows.size;
  }

  add(key: string, points: number): WindowCount {
    const now = this.#nowMs();
    if (now >= this.#looksAgainAt) this.#forgetEnded(now);
    let window = this.#windows.get(key);
    if (window === undefined || now >= window.endsAt) {
      window = { points: 0, endsAt: now + this.#windowMs };
      if (points > 0) this.#windows.set(key, window);
    }
    window.points = Math.max(0, window.points + points);
    return { points: window.points, msLeft: window.endsAt - now };
  }

  #forgetEnded(now: number): void {
    this.#looksAgainAt = now + this.#windowMs;
    for (const [key, { endsAt }] of this.#windows) {
      if (now >= endsAt) this.#windows.delete(key);
    }
  }
}
