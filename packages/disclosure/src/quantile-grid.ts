/** The only quantiles that can be asked for. */
export const quantilePercents = [10, 25, 50, 75, 90] as const;
export type QuantilePercent = (typeof quantilePercents)[number];

const OFFSETS = [-10, -5, 0, 5, 10] as const;

/**
 * The five probabilities whose true quantiles `Disclosure.quantile` chooses among; never past 0.05 and 0.95, since
 * minimum and maximum are somebody.
 */
export function quantileGrid(percent: QuantilePercent): readonly number[] {
  return OFFSETS.map((offset) => Math.min(95, Math.max(5, percent + offset)) / 100);
}
