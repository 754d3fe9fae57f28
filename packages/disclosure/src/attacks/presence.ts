import { perturbationTable } from '../perturbation-table.ts';
import { PUBLICATION_MARGIN } from '../rules.ts';

/** How likely each deviation of the published table is. */
export const deviationShares: ReadonlyMap<number, number> = new Map(
  perturbationTable.rows.map(({ deviation, upTo }, at, rows) => [
    deviation,
    (upTo - (rows[at - 1]?.upTo ?? 0)) / 2 ** 32,
  ]),
);

/** How likely a set of `count` people is published as `value` (null = suppressed), by the published method. */
export function likelihood(count: number, value: number | null, threshold: number): number {
  const limit = threshold + PUBLICATION_MARGIN;
  if (value !== null) {
    return count < threshold || value < limit ? 0 : (deviationShares.get(value - count) ?? 0);
  }
  if (count < threshold) return 1;
  let suppressed = 0;
  for (const [deviation, share] of deviationShares) {
    if (count + deviation < limit) suppressed += share;
  }
  return suppressed;
}

/** One figure as an attacker sees it who knows everybody else in it. */
export interface WatchedFigure {
  readonly others: number;
  readonly published: number | null;
  readonly threshold: number;
}

/**
 * The best guess there is (Neyman–Pearson): how much likelier all figures together are with the person than
 * without. No other use of the same figures tells more.
 */
export function evidenceOfPresence(figures: readonly WatchedFigure[]): number {
  return figures.reduce(
    (sum, { others, published, threshold }) =>
      sum +
      Math.log(likelihood(others + 1, published, threshold)) -
      Math.log(likelihood(others, published, threshold)),
    0,
  );
}

/** How much better than a coin the best guess from one figure is: 0 = no better, 1 = certain. */
export function advantageOfOneFigure(others: number, threshold: number): number {
  const values = [null, ...Array.from({ length: others + 20 }, (_, value) => value)];
  return (
    values.reduce<number>(
      (sum, value) =>
        sum +
        Math.abs(likelihood(others + 1, value, threshold) - likelihood(others, value, threshold)),
      0,
    ) / 2
  );
}
