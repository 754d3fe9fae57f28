/** Gives one holder at a time the only backend; others wait in the order they asked. */
export interface Turns {
  /** Resolves when it is this caller's turn; call the answer once, to end it. */
  take(): Promise<() => void>;
}

/** A fair queue; ending a turn twice does nothing. */
export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = last;
      let end: () => void = () => undefined;
      last = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      return end;
    },
  };
}
