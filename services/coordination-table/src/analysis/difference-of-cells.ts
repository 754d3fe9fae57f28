import type { Cell } from '@tavolo/disclosure';

/** One published figure less another: of what is published alone, so it tells nothing that the two do not. */
export function differenceOfCells(one: Cell, other: Cell): Cell {
  if (one.value === null || other.value === null) {
    const isMissing = [one, other].some(({ status }) => status === 'NOT_AVAILABLE');
    return {
      display: isMissing ? 'n/a' : 'confidential',
      value: null,
      lower: null,
      upper: null,
      status: isMissing ? 'NOT_AVAILABLE' : 'SUPPRESSED_PRIMARY',
    };
  }
  const value = one.value - other.value;
  return {
    display: value.toLocaleString('en-GB', { maximumFractionDigits: 6, signDisplay: 'exceptZero' }),
    value,
    lower: one.lower === null || other.upper === null ? null : one.lower - other.upper,
    upper: one.upper === null || other.lower === null ? null : one.upper - other.lower,
    status: one.status === 'PUBLISHED' && other.status === 'PUBLISHED' ? 'PUBLISHED' : 'PERTURBED',
  };
}
