/** Pairs that show one kind of evidence. */
export interface Cell {
  readonly onePerson: number;
  readonly twoPeople: number;
}

/**
 * Natural logarithms of likelihood ratios, step by step, that never fall: neighbours that do are pooled (weighted
 * pool-adjacent-violators). Small counts are smoothed, so that a cell nobody was in weighs something finite.
 */
export function risingWeights(
  cells: readonly Cell[],
  totals: { readonly truePairs: number; readonly otherPairs: number },
): number[] {
  const pools: { weight: number; count: number; steps: number }[] = [];
  for (const { onePerson, twoPeople } of cells) {
    const likely = (onePerson + 0.3) / totals.truePairs;
    const unlikely = (twoPeople + 0.5) / totals.otherPairs;
    let last = { weight: Math.log(likely / unlikely), count: onePerson + twoPeople + 1, steps: 1 };
    for (let before = pools.at(-1); before && before.weight > last.weight; before = pools.at(-1)) {
      const count = before.count + last.count;
      last = {
        weight: (before.weight * before.count + last.weight * last.count) / count,
        count,
        steps: before.steps + last.steps,
      };
      pools.pop();
    }
    pools.push(last);
  }
  return pools.flatMap(({ weight, steps }) => Array<number>(steps).fill(weight));
}
