import type { CallDeadline } from './call-deadlines.ts';

/** Who may ask a partner now, and who waits: at most so many at once, the others in the order of their coming. */
export class Turns {
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  constructor(atOnce: number, maxWaiting: number) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
  }

  /** Nobody else can wait. */
  get isFull(): boolean {
    return this.#taken >= this.#atOnce && this.#waiting.size >= this.#maxWaiting;
  }

  /** Takes a turn if there is one; otherwise `wait` for it. */
  take(): boolean {
    if (this.#taken >= this.#atOnce) return false;
    this.#taken += 1;
    return true;
  }

  /** Resolves with a turn taken, or to `false` without one when the call's time is over. */
  wait(call: CallDeadline): Promise<boolean> {
    return new Promise((resolve) => {
      const goOn = () => {
        call.onEnd(undefined);
        resolve(true);
      };
      this.#waiting.add(goOn);
      call.onEnd(() => {
        this.#waiting.delete(goOn);
        resolve(false);
      });
    });
  }

  giveBack(): void {
    for (const goOn of this.#waiting) {
      // The turn goes from one to the next without being free in between.
      this.#waiting.delete(goOn);
      goOn();
      return;
    }
    this.#taken -= 1;
  }
}
