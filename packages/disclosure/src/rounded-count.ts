const BASE = 5;

/** How far `roundedCount` is from the count at most, from eight on; what is less is 0. */
export const ROUNDING_BOUND = 2;

/** As the NHS publishes its counts: 5 would say three to seven, of people whose protected figure says fewer than fifteen. */
const SMALLEST_TOLD = 8;

/**
 * For figures of a whole institution that another service publishes with its answer (how many people it knows of):
 * the nearest multiple of five, and 0 for fewer than eight. It hides one person, and whether a small set is there at
 * all; never use it for a figure of an analysis.
 */
export function roundedCount(count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error('roundedCount takes a whole number, 0 or more');
  }
  return count < SMALLEST_TOLD ? 0 : Math.round(count / BASE) * BASE;
}
