/** How often each deviation is added to a count; the only randomness there is, and it is public. */
export interface PerturbationTable {
  /** Goes up when a number changes: published figures say which one they were made with. */
  readonly version: string;
  /** No count is moved by more. */
  readonly maximumDeviation: number;
  readonly variance: number;
  /** A key from `upTo` of the row before it (0 for the first) up to, not including, `upTo` gives this deviation. */
  readonly rows: readonly { readonly deviation: number; readonly upTo: number }[];
}

const KEYS = 2 ** 32;

/**
 * The distribution on −D…D with mean 0 and the given variance that assumes nothing else (maximum entropy, as the R
 * package ptable builds its tables): p(d) ∝ exp(−λ d²). Counts under the threshold are never published, so one
 * symmetric row serves every count and none needs ptable's one-sided rows near zero.
 */
export function buildPerturbationTable(of: {
  readonly version: string;
  readonly maximumDeviation: number;
  readonly variance: number;
}): PerturbationTable {
  const deviations = Array.from(
    { length: 2 * of.maximumDeviation + 1 },
    (_, index) => index - of.maximumDeviation,
  );
  const shares = (lambda: number): number[] => {
    const weights = deviations.map((deviation) => Math.exp(-lambda * deviation ** 2));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const varianceOf = (lambda: number): number =>
    shares(lambda).reduce((sum, share, at) => sum + share * (deviations[at] ?? 0) ** 2, 0);
  if (of.variance <= 0 || of.variance >= varianceOf(0)) {
    throw new Error(`No table up to ±${of.maximumDeviation} has variance ${of.variance}`);
  }
  let [low, high] = [0, 10];
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (varianceOf(middle) > of.variance) low = middle;
    else high = middle;
  }
  return { ...of, rows: symmetricRows(deviations, shares(low)) };
}

/** Whole numbers of keys, mirrored around 0, so that the mean is exactly 0 and not just nearly. */
function symmetricRows(
  deviations: readonly number[],
  shares: readonly number[],
): PerturbationTable['rows'] {
  const widths = shares.map((share) => Math.round(share * KEYS));
  const outside = deviations.reduce(
    (sum, deviation, at) => (deviation === 0 ? sum : sum + (widths[at] ?? 0)),
    0,
  );
  let upTo = 0;
  return deviations.map((deviation, at) => {
    upTo += deviation === 0 ? KEYS - outside : (widths[at] ?? 0);
    return { deviation, upTo };
  });
}
