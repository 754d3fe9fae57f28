import type { Cell } from '@tavolo/disclosure';
import type { IndicatorUnit } from './indicator-words.ts';

/** What may be made of two figures; kept small, so that every frozen one can be computed again. */
export const combinations = ['RATIO', 'ONE_MINUS_RATIO', 'DIFFERENCE'] as const;
export type Combination = (typeof combinations)[number];

/** Why two figures make none. */
export type NotCombined = 'DIVISION_BY_NOTHING' | 'PART_WITHHELD' | 'PART_NOT_AVAILABLE';

export interface CombinedCell {
  readonly cell: Cell;
  /** Null when there is a figure. */
  readonly reason: NotCombined | null;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** No figure of a province is beyond this: something was divided by next to nothing. */
const largest = 1e12;

/** Decimals a combined figure is rounded to; its bounds are rounded away from it. */
const decimals = 3;

/**
 * One figure out of two protected ones and nothing else, so it tells no more than they do. Its bounds hold
 * the true figure whenever theirs do; what cannot be divided is not available, never a number.
 */
export function combineCells(
  combination: Combination,
  a: Cell,
  b: Cell,
  unit: IndicatorUnit,
): CombinedCell {
  const missing = missingPart(a, b);
  if (missing) return missing;
  // `missingPart` let through only cells with a value.
  const [first, second] = [a.value ?? 0, b.value ?? 0];
  const value = combined(combination, first, second);
  if (!isFigure(value)) {
    return { cell: emptyCell('NOT_AVAILABLE', 'n/a'), reason: 'DIVISION_BY_NOTHING' };
  }
  const { low, high } = combinedBounds(combination, intervalOf(a), intervalOf(b));
  const rounded = round(value, Math.round);
  const isExact = a.status === 'PUBLISHED' && b.status === 'PUBLISHED';
  return {
    cell: {
      display: unit === 'SHARE' ? percentage(rounded) : rounded.toLocaleString('en-GB'),
      value: rounded,
      lower: bound(low, Math.floor),
      upper: bound(high, Math.ceil),
      status: isExact ? 'PUBLISHED' : 'PERTURBED',
    },
    reason: null,
  };
}

function isFigure(value: number): boolean {
  return Math.abs(value) <= largest;
}

function missingPart(a: Cell, b: Cell): CombinedCell | undefined {
  const parts = [a, b];
  const withheld =
    parts.find(({ status }) => status === 'SUPPRESSED_PRIMARY') ??
    parts.find(({ status }) => status === 'SUPPRESSED_SECONDARY');
  if (withheld) {
    // Which of the two was small is not said: it would tell something about the other.
    return { cell: emptyCell('SUPPRESSED_SECONDARY', 'confidential'), reason: 'PART_WITHHELD' };
  }
  if (parts.some(({ value }) => value === null)) {
    return { cell: emptyCell('NOT_AVAILABLE', 'n/a'), reason: 'PART_NOT_AVAILABLE' };
  }
  return undefined;
}

/** A cell without a figure. */
export function emptyCell(status: Cell['status'], display: string): Cell {
  return { display, value: null, lower: null, upper: null, status };
}

function combined(combination: Combination, a: number, b: number): number {
  if (combination === 'DIFFERENCE') return a - b;
  return combination === 'RATIO' ? a / b : 1 - a / b;
}

/** A published cell is the true figure; a bound that is not stated is none. */
function intervalOf({ status, value, lower, upper }: Cell): Interval {
  if (status === 'PUBLISHED' && value !== null) return { low: value, high: value };
  return { low: lower ?? Number.NEGATIVE_INFINITY, high: upper ?? Number.POSITIVE_INFINITY };
}

function combinedBounds(combination: Combination, a: Interval, b: Interval): Interval {
  if (combination === 'DIFFERENCE') return { low: a.low - b.high, high: a.high - b.low };
  const quotient = divide(a, b);
  if (combination === 'RATIO') return quotient;
  return { low: 1 - quotient.high, high: 1 - quotient.low };
}

const unbounded: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function divide(a: Interval, b: Interval): Interval {
  if (b.low < 0 && b.high > 0) return unbounded;
  // A divisor that may be nothing: beyond some size every quotient is possible, on one side only when `a` has one sign.
  if (b.low === 0) {
    if (a.low >= 0) return { low: quotientOf(a.low, b.high), high: Number.POSITIVE_INFINITY };
    return a.high <= 0
      ? { low: Number.NEGATIVE_INFINITY, high: quotientOf(a.high, b.high) }
      : unbounded;
  }
  if (b.high === 0) return unbounded;
  const corners = [a.low, a.high].flatMap((x) => [quotientOf(x, b.low), quotientOf(x, b.high)]);
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

/** Infinity over infinity may be anything above nothing; zero is the cautious end of it for a bound. */
function quotientOf(a: number, b: number): number {
  if (!Number.isFinite(b)) return Number.isFinite(a) ? 0 : a;
  return b === 0 ? 0 : a / b;
}

function percentage(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`;
}

function round(value: number, to: (value: number) => number): number {
  const scaled = to(value * 10 ** decimals) / 10 ** decimals;
  // Minus nothing is nothing.
  return scaled === 0 ? 0 : scaled;
}

function bound(value: number, to: (value: number) => number): number | null {
  if (!isFigure(value)) return null;
  // A bound that is the figure itself but for the last bit of the division must not be rounded away from it.
  const nearest = round(value, Math.round);
  return Math.abs(nearest - value) < 1e-12 ? nearest : round(value, to);
}
