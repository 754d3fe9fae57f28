import type { Random } from 'fast-check';

/** Choices, all of them from one source: the same source makes the same choices again. */
export interface Draw {
  /** 0 ≤ n < below. */
  below(below: number): number;
  chance(share: number): boolean;
  /** Throws for an empty list. */
  pick<Value>(values: readonly Value[]): Value;
  /** Each with the same chance, in their order. */
  some<Value>(values: readonly Value[], share: number): Value[];
}

export function drawFrom(random: Pick<Random, 'nextInt'>): Draw {
  const below = (bound: number) => random.nextInt(0, bound - 1);
  const chance = (share: number) => below(1_000) < share * 1_000;
  return {
    below,
    chance,
    pick(values) {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    some: (values, share) => values.filter(() => chance(share)),
  };
}
