/** Steps of the scale: bounds show which step was used, and it must not tell the largest value. */
const STEPS = [1, 1.5, 2, 3, 5, 7.5] as const;

/** How much of the largest contribution one unit of the table moves a sum. */
export const SUM_MULTIPLIER = 0.5;

/**
 * What a deviation of 1 means for a sum whose largest contribution is `largest`: half of it, rounded up to the next
 * step of 1, 1.5, 2, 3, 5, 7.5, 10, 15, …
 */
export function sumScale(largest: number): number {
  const wanted = largest * SUM_MULTIPLIER;
  if (wanted <= 0) return 0;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  for (const power of [decade, decade * 10]) {
    for (const step of STEPS) {
      if (step * power >= wanted) return step * power;
    }
  }
  return decade * 100;
}
