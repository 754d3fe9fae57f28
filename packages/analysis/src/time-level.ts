import type { Period } from './question.ts';

/** How finely a period is cut, coarsest first. */
export const timeLevels = ['year', 'quarter', 'month'] as const;
export type TimeLevel = (typeof timeLevels)[number];

/** One year, quarter or month as the key of a cell has it; null = the row has no day. */
export interface TimePoint {
  readonly year: number | null;
  readonly quarter?: number | null;
  readonly month?: number | null;
}

export function isTimeLevel(name: string): name is TimeLevel {
  return timeLevels.some((level) => level === name);
}

export function levelOfPeriod(period: Period): TimeLevel {
  if (period.month !== undefined) return 'month';
  return period.quarter === undefined ? 'year' : 'quarter';
}

export function finestLevel(levels: readonly TimeLevel[]): TimeLevel | null {
  return [...timeLevels].reverse().find((level) => levels.includes(level)) ?? null;
}

/** How many years, quarters or months lie before a point: consecutive points have consecutive numbers. */
export function indexOfPoint(level: TimeLevel, point: TimePoint): number | null {
  if (point.year === null) return null;
  if (level === 'year') return point.year;
  if (level === 'quarter') return point.year * 4 + (point.quarter ?? 1) - 1;
  return point.year * 12 + (point.month ?? 1) - 1;
}

export function pointAt(level: TimeLevel, index: number): TimePoint {
  if (level === 'year') return { year: index };
  const perYear = level === 'quarter' ? 4 : 12;
  const year = Math.floor(index / perYear);
  const part = (index % perYear) + 1;
  return level === 'quarter' ? { year, quarter: part } : { year, month: part };
}

/** All points of a level within a period that is not finer, in order. */
export function pointsWithin(level: TimeLevel, period: Period): readonly TimePoint[] {
  const perYear = { year: 1, quarter: 4, month: 12 }[level];
  const points = Array.from({ length: perYear }, (_, part) =>
    pointAt(level, period.year * perYear + part),
  );
  return points.filter(({ quarter, month }) => {
    if (period.month !== undefined) return month === period.month;
    if (period.quarter === undefined) return true;
    return (quarter ?? Math.ceil((month ?? 1) / 3)) === period.quarter;
  });
}
