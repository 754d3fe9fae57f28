/** Round values from nothing to at least `highest`, four to six of them, for an axis. */
export function axisTicks(highest: number): readonly number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const count = Math.ceil(highest / step - 1e-9);
  // Computed, not added up: sums of 0.1 leave tails.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(10)));
}
