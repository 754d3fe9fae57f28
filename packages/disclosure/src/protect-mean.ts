import type { Cell } from './cell.ts';
import type { Deviation } from './deviation.ts';
import type { Disclosure } from './disclosure.ts';
import { sumScale } from './magnitude.ts';
import { perturbationTable } from './perturbation-table.ts';
import { type CountProtection, grouped } from './protect-contributors.ts';
import type { DisclosureRules } from './rules.ts';
import { CONFIDENTIAL, suppressed } from './suppressed.ts';
import { toStep } from './to-step.ts';

/** Share of a sum that the two largest may make together: else each could work out the other. */
const TWO_LARGEST = 0.75;

/** A mean is moved as its sum is: by the largest value in it, so that nobody's value can be taken out of two. */
export function createMeanProtection(
  rules: DisclosureRules,
  counts: CountProtection,
  deviation: Deviation,
): Disclosure['mean'] {
  return (of, { sum, largest, step }, figureRules): Cell => {
    requireValues(of.count, sum, largest, step);
    const count = counts.published(of, figureRules, rules.minimumForMean);
    if (count === null) return suppressed(CONFIDENTIAL);
    const [first = 0, second = 0] = largest.map(Math.abs);
    const whole = Math.abs(sum);
    if (first <= 0 || first > rules.dominance * whole || first + second > TWO_LARGEST * whole) {
      // Zeroes alone have no largest among them, and their mean would be everybody's value.
      return suppressed(CONFIDENTIAL);
    }
    const scale = sumScale(first);
    // Nine digits of the ratio: the order in which a database adds fractions, or hours told as days, is no other figure.
    const figure = `mean\0${(sum / first).toPrecision(9)}`;
    const moved = sum + scale * deviation.ofSum(of.key, figure);
    const value = toStep(moved / of.count, step);
    // From published numbers alone: bounds made with the true count would tell it.
    const most = (scale * (perturbationTable.maximumDeviation + 0.5)) / count.lower + step / 2;
    return {
      display: grouped(value),
      value,
      lower: toStep(value - most, step, 'DOWN'),
      upper: toStep(value + most, step, 'UP'),
      status: 'PERTURBED',
    };
  };
}

function requireValues(
  contributors: number,
  sum: number,
  largest: readonly number[],
  step: number,
): void {
  if (![sum, step, ...largest].every(Number.isFinite) || step <= 0) {
    throw new Error('A mean needs finite values and a step above 0');
  }
  if (contributors > 0 && largest.length < Math.min(2, contributors)) {
    throw new Error('A mean needs its largest values, two at least');
  }
}
