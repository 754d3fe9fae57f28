import type { Cell } from '@tavolo/disclosure';
import { type CombinedCell, combineCells } from './combine-cells.ts';
import type { IndicatorDirection, IndicatorUnit } from './indicator-words.ts';

/** What may be said of a figure against its target, bounds considered. */
export type TargetState = 'REACHED' | 'NOT_REACHED' | 'UNCERTAIN' | 'NO_TARGET';

/** What may be said of a figure against the period before. */
export type Trend =
  | 'IMPROVED'
  | 'WORSENED'
  | 'CHANGED'
  | 'UNCHANGED'
  | 'UNCERTAIN'
  | 'NOT_COMPARABLE';

/** Above this width, relative to the figure, its bounds say more than the figure does. */
const wideShare = 0.2;

/** Reached or not only when both bounds agree; a figure that was moved must not decide about a year's work. */
export function targetState(
  cell: Cell,
  target: number | null,
  direction: IndicatorDirection,
): TargetState {
  if (target === null || direction === 'NEUTRAL') return 'NO_TARGET';
  const { low, high } = bounds(cell);
  const [worst, best] = direction === 'HIGHER_IS_BETTER' ? [low, high] : [-high, -low];
  const wanted = direction === 'HIGHER_IS_BETTER' ? target : -target;
  if (worst >= wanted) return 'REACHED';
  return best < wanted ? 'NOT_REACHED' : 'UNCERTAIN';
}

/** The difference from the period before, and what it means; uncertain while nothing lies within its bounds. */
export function compareWithPrevious(
  cell: Cell,
  previous: Cell | null,
  direction: IndicatorDirection,
  unit: IndicatorUnit,
): { readonly difference: CombinedCell | null; readonly trend: Trend } {
  if (previous === null || cell.value === null || previous.value === null) {
    return { difference: null, trend: 'NOT_COMPARABLE' };
  }
  const difference = combineCells('DIFFERENCE', cell, previous, unit);
  const { low, high } = bounds(difference.cell);
  // Only exact figures leave no room at all.
  if (low === 0 && high === 0) return { difference, trend: 'UNCHANGED' };
  if (low <= 0 && high >= 0) return { difference, trend: 'UNCERTAIN' };
  if (direction === 'NEUTRAL') return { difference, trend: 'CHANGED' };
  const isUp = low > 0;
  return {
    difference,
    trend: isUp === (direction === 'HIGHER_IS_BETTER') ? 'IMPROVED' : 'WORSENED',
  };
}

/** Whether few people are behind a figure: withheld for that, or with bounds wide beside it. */
export function isOfSmallNumbers(cell: Cell): boolean {
  if (cell.status === 'SUPPRESSED_PRIMARY' || cell.status === 'SUPPRESSED_SECONDARY') return true;
  if (cell.status !== 'PERTURBED' || cell.value === null) return false;
  const { low, high } = bounds(cell);
  return high - low > wideShare * Math.abs(cell.value);
}

function bounds({ status, value, lower, upper }: Cell): { low: number; high: number } {
  if (status === 'PUBLISHED' && value !== null) return { low: value, high: value };
  return { low: lower ?? Number.NEGATIVE_INFINITY, high: upper ?? Number.POSITIVE_INFINITY };
}
