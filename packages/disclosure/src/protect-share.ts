import type { Cell } from './cell.ts';
import type { Contributors } from './contributors.ts';
import type { Disclosure, FigureRules } from './disclosure.ts';
import { perturbationTable } from './perturbation-table.ts';
import type { CountProtection, PublishedCount } from './protect-contributors.ts';
import { CONFIDENTIAL, suppressed } from './suppressed.ts';

/** Finer than the deviations can carry, coarse enough to read. */
const DECIMALS = 3;

/** A share is the two published counts divided and nothing else, so it tells nothing that they do not. */
export function createShareProtection(counts: CountProtection): Disclosure['share'] {
  return (part, whole, rules): Cell => {
    if (part.count > whole.count) throw new Error('The part of a share must lie within its whole');
    const denominator = counts.published(whole, rules);
    if (denominator === null) return suppressed(CONFIDENTIAL);
    const numerator = counts.published(part, rules);
    const remainder = counts.published(complement(part, whole), rules);
    // Both too few happens only in a whole that is itself near the threshold.
    if (numerator === null && remainder === null) return suppressed(CONFIDENTIAL);
    if (numerator === null) return beyond('<', smallShare(counts, denominator, rules));
    if (remainder === null) return beyond('>', 1 - smallShare(counts, denominator, rules));
    const value = rounded(Math.min(1, numerator.value / denominator.value));
    return {
      display: percentage(value),
      value,
      lower: roundedDown(Math.min(1, numerator.lower / denominator.upper)),
      upper: roundedUp(Math.min(1, numerator.upper / denominator.lower)),
      status: 'PERTURBED',
    };
  };
}

/** Keys add up as sets do, so the rest of the whole has the difference of the keys. */
function complement(part: Contributors, whole: Contributors): Contributors {
  return {
    count: whole.count - part.count,
    key: (whole.key - part.key + 2 ** 32) % 2 ** 32,
  };
}

/** The most that a suppressed count can be of the published whole: computed from published numbers alone. */
function smallShare(counts: CountProtection, whole: PublishedCount, rules: FigureRules): number {
  const most = counts.publicationLimit(rules) - 1 + perturbationTable.maximumDeviation;
  return roundedUp(Math.min(1, most / whole.lower));
}

/** One side of the share is suppressed: which side, and how far it can reach at most. */
function beyond(sign: '<' | '>', limit: number): Cell {
  const bound = sign === '<' ? roundedUp(limit) : roundedDown(limit);
  const says = bound > 0 && bound < 1 ? `${sign}${percentage(bound)}` : CONFIDENTIAL;
  return {
    display: says,
    value: null,
    lower: sign === '<' ? 0 : bound,
    upper: sign === '<' ? bound : 1,
    status: 'SUPPRESSED_PRIMARY',
  };
}

const unit = 10 ** DECIMALS;
const rounded = (share: number): number => Math.round(share * unit) / unit;
const roundedDown = (share: number): number => Math.floor(share * unit) / unit;
const roundedUp = (share: number): number => Math.ceil(share * unit) / unit;
const percentage = (share: number): string => `${Math.round(share * 1_000) / 10}%`;
