import type { Cell } from './cell.ts';
import type { Contributors } from './contributors.ts';
import type { Deviation } from './deviation.ts';
import type { FigureRules } from './disclosure.ts';
import { perturbationTable } from './perturbation-table.ts';
import { type DisclosureRules, FLOOR, PUBLICATION_MARGIN } from './rules.ts';
import { suppressed } from './suppressed.ts';

const MAXIMUM_DEVIATION = perturbationTable.maximumDeviation;

/** A count as it may be published, or null; every other figure of the set starts from it. */
export interface PublishedCount {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface CountProtection {
  /** Published counts are never under it; what is suppressed prints as less than it. */
  readonly publicationLimit: (rules: FigureRules) => number;
  /** `minimum` is what the kind of figure needs, whatever the thresholds. */
  readonly published: (
    of: Contributors,
    rules: FigureRules,
    minimum?: number,
  ) => PublishedCount | null;
  readonly cell: (of: Contributors, rules: FigureRules) => Cell;
}

/** Too few before or after the deviation: suppressed, and both look the same from outside. */
export function createCountProtection(
  rules: DisclosureRules,
  deviation: Deviation,
): CountProtection {
  const threshold = ({ sensitivity, ownerThreshold }: FigureRules): number =>
    Math.max(
      FLOOR,
      rules.threshold,
      // Anything but the plain word counts as sensitive.
      sensitivity === 'ORDINARY' ? 0 : rules.sensitiveThreshold,
      requireOwnerThreshold(ownerThreshold),
    );

  const published: CountProtection['published'] = (of, figureRules, minimum = 0) => {
    requireContributors(of);
    const least = Math.max(threshold(figureRules), minimum);
    const value = of.count + deviation.ofCount(of.key);
    if (of.count < least || value < least + PUBLICATION_MARGIN) return null;
    return {
      value,
      lower: Math.max(least, value - MAXIMUM_DEVIATION),
      upper: value + MAXIMUM_DEVIATION,
    };
  };

  const publicationLimit = (figureRules: FigureRules): number =>
    threshold(figureRules) + PUBLICATION_MARGIN;

  return {
    publicationLimit,
    published,
    cell(of, figureRules) {
      const count = published(of, figureRules);
      if (count === null) return suppressed(`<${publicationLimit(figureRules)}`);
      return { display: grouped(count.value), ...count, status: 'PERTURBED' };
    },
  };
}

/** As people write figures in English: 1,240. */
export function grouped(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
}

function requireOwnerThreshold(ownerThreshold: number | undefined): number {
  if (ownerThreshold === undefined) return 0;
  // NaN would win against every number in Math.max and lose against every count.
  if (!Number.isSafeInteger(ownerThreshold) || ownerThreshold < 0) {
    throw new Error('ownerThreshold must be a whole number of contributors');
  }
  return ownerThreshold;
}

function requireContributors({ count, key }: Contributors): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new Error('Contributors.count must be a whole number, 0 or more');
  }
  if (!Number.isInteger(key) || key < 0 || key >= 2 ** 32) {
    throw new Error('Contributors.key must be the sum of record keys modulo 2^32');
  }
}
