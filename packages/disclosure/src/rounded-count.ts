const BASE = 5;

/** How far `roundedCount` is from the count at most. */
export const ROUNDING_BOUND = 2;

/**
 * For figures of a whole institution that another service publishes with its answer (how many people it knows of):
 * the nearest multiple of five. It hides one person, not a set: never use it for a figure of an analysis.
 */
export function roundedCount(count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error('roundedCount takes a whole number, 0 or more');
  }
  return Math.round(count / BASE) * BASE;
}
