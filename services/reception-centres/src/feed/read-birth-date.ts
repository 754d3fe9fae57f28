import type { CellValue } from '@tavolo/feed-kit';
import { readDay } from './read-day.ts';

/** Nobody in reception is older; an earlier day is a typing mistake. */
const oldestYears = 120;

/**
 * The day somebody was born, for a row that speaks of `day`; a year alone is its 1 January, anything
 * impossible null. Years of two digits are those before `day`: `65` is never 2065.
 */
export function readBirthDate(cell: CellValue | undefined, day: string): string | null {
  const year = /^\s*(\d{4})\s*$/u.exec(
    typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '',
  )?.[1];
  const read = year === undefined ? readDay(cell) : `${year}-01-01`;
  if (read === null) return null;
  const isTwoDigits = typeof cell === 'string' && /[/.-]\d{2}\s*$/u.test(cell) && !isIso(cell);
  const born = isTwoDigits && read > day ? yearsBefore(read, 100) : read;
  return born <= day && born > yearsBefore(day, oldestYears) ? born : null;
}

function isIso(text: string): boolean {
  return /^\s*\d{4}-/u.test(text);
}

function yearsBefore(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;
}
