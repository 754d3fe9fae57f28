/** A seeded stream of draws; equal seeds and labels give equal streams on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whole number in [min, max], both included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** Positive, with the given median; `sigma` is the standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number;
  /** A shuffled copy. */
  shuffled<T>(items: readonly T[]): T[];
  /** An independent stream, so that a change in one part of the world leaves the others as they were. */
  fork(label: string): Random;
}

export function createRandom(seed: number): Random {
  const next = splitMix(seed);
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, integer(0, items.length - 1)),
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return at(items, items.length - 1)[0];
    },
    logNormal: (median, sigma) => median * Math.exp(sigma * normalQuantile(Math.max(next(), 1e-9))),
    shuffled: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(0, i);
        const held = at(copy, i);
        copy[i] = at(copy, j);
        copy[j] = held;
      }
      return copy;
    },
    fork: (label) => createRandom(hash(seed, label)),
  };
}

/** The standard normal's inverse distribution function (Acklam's approximation, relative error 1e-9). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    const top = [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ];
    const bottom = [
      0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
    ];
    return polynomial(top, q) / polynomial(bottom, q);
  }
  const q = p - 0.5;
  const r = q * q;
  const top = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const bottom = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ];
  return (polynomial(top, r) * q) / polynomial(bottom, r);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** SplitMix32: small, fast, and long enough for a province. */
function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

function hash(seed: number, label: string): number {
  let mixed = seed | 0;
  for (const character of label)
    mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return mixed ^ (mixed >>> 13);
}

/** Reads an index known to be in range; an empty list is a mistake in the caller. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${items.length}`);
  return item;
}
