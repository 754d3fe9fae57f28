import type { Cell } from './cell.ts';
import type { Deviation } from './deviation.ts';
import type { Disclosure } from './disclosure.ts';
import { sumScale } from './magnitude.ts';
import { perturbationTable } from './perturbation-table.ts';
import { type CountProtection, grouped } from './protect-contributors.ts';
import type { DisclosureRules } from './rules.ts';
import { CONFIDENTIAL, suppressed } from './suppressed.ts';

/** Events move with whoever has most of them; where nobody has two, they are the contributors' own figure. */
export function createEventsProtection(
  rules: DisclosureRules,
  counts: CountProtection,
  deviation: Deviation,
): Disclosure['events'] {
  return (of, { events, largest }, figureRules): Cell => {
    requireEvents(of.count, events, largest);
    const count = counts.published(of, figureRules);
    if (count === null || largest <= 1) return counts.cell(of, figureRules);
    if (largest > rules.dominance * events) return suppressed(CONFIDENTIAL);
    const scale = Math.max(1, sumScale(largest));
    const moved = Math.round(
      events + scale * deviation.ofSum(of.key, `events\0${events}\0${largest}`),
    );
    // Fewer events than people would be an impossible table; the bounds hold all the same, as events ≥ people.
    const value = Math.max(moved, count.value);
    const most = Math.ceil(scale * (perturbationTable.maximumDeviation + 0.5) + 0.5);
    return {
      display: grouped(value),
      value,
      lower: Math.max(count.lower, value - most),
      upper: value + most,
      status: 'PERTURBED',
    };
  };
}

function requireEvents(contributors: number, events: number, largest: number): void {
  const whole = Number.isSafeInteger(events) && Number.isSafeInteger(largest);
  if (!whole || largest > events || events < contributors || (contributors > 0 && largest < 1)) {
    throw new Error('Events must be whole, one or more a contributor, with the largest among them');
  }
}
