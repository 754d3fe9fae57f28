import type { Cell } from './cell.ts';
import type { Deviation } from './deviation.ts';
import type { Disclosure } from './disclosure.ts';
import { type CountProtection, grouped } from './protect-contributors.ts';
import { quantileGrid } from './quantile-grid.ts';
import { type DisclosureRules, FLOOR } from './rules.ts';
import { CONFIDENTIAL, suppressed } from './suppressed.ts';
import { toStep } from './to-step.ts';

/**
 * The rank is moved, not the value. All quantiles of a set move the same way, so a median never falls below its
 * first quartile. No bounds: they would be quantiles themselves.
 */
export function createQuantileProtection(
  rules: DisclosureRules,
  counts: CountProtection,
  deviation: Deviation,
): Disclosure['quantile'] {
  return (of, { percent, around, step }, figureRules): Cell => {
    const grid = quantileGrid(percent);
    requireQuantiles(around, grid.length, step);
    const count = counts.published(of, figureRules, rules.minimumForQuantile);
    if (count === null) return suppressed(CONFIDENTIAL);
    // A tail of fewer people would be the minimum or the maximum by another name.
    const tail = Math.min(grid[0] ?? 0, 1 - (grid.at(-1) ?? 1)) * Math.min(of.count, count.value);
    if (tail < FLOOR) return suppressed(CONFIDENTIAL);
    const chosen = around[deviation.choice(of.key, around.length)] ?? 0;
    const value = toStep(chosen, step);
    return { display: grouped(value), value, lower: null, upper: null, status: 'PERTURBED' };
  };
}

function requireQuantiles(around: readonly number[], expected: number, step: number): void {
  if (around.length !== expected || ![step, ...around].every(Number.isFinite) || step <= 0) {
    throw new Error(`A quantile needs ${expected} finite values around it and a step above 0`);
  }
  if (around.some((value, at) => at > 0 && value < (around[at - 1] ?? value))) {
    throw new Error('The quantiles around one must ascend');
  }
}
