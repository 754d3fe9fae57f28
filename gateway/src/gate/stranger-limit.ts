/**
 * Strangers whose refusals are each written down. Whoever has no token can ask as often as the wire carries,
 * and evidence that takes a record of each would fill the disk, which would then stop everybody.
 */
export interface StrangerLimit {
  /** Whether one more refused stranger is answered and recorded as any other; otherwise it is only counted. */
  admit(): boolean;
}

/** What a minute with too many strangers came to. */
export interface Flood {
  readonly refusals: number;
  readonly limit: number;
  readonly windowFrom: Date;
}

const windowMs = 60_000;

/** `onFlood` hears when a minute goes over the limit, and how much it came to once the next one has begun. */
export function createStrangerLimit(options: {
  readonly perMinute: number;
  readonly now: () => Date;
  readonly onFlood: (flood: Flood) => void;
}): StrangerLimit {
  const { perMinute, now, onFlood } = options;
  let windowFrom = now();
  let refusals = 0;
  const tell = () => onFlood({ refusals, limit: perMinute, windowFrom });
  return {
    admit() {
      const at = now();
      if (at.getTime() - windowFrom.getTime() >= windowMs) {
        if (refusals > perMinute) tell();
        windowFrom = at;
        refusals = 0;
      }
      refusals += 1;
      if (refusals === perMinute + 1) tell();
      return refusals <= perMinute;
    },
  };
}
