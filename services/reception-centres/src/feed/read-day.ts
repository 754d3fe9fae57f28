import type { CellValue } from '@tavolo/feed-kit';

/** Years before this are typing mistakes in any column that we read. */
const firstYear = 1900;
const lastYear = 2100;

/** Two-digit years: no guest entered before 1970, and nothing is planned after 2069. */
const pivotYear = 70;

/**
 * Reads a day in any of the ways people write one (a real spreadsheet date, `5/11/2026`, `5-11-26`,
 * `05.11.2026`, `2026-11-05`), always day before month; null when it is none or does not exist.
 */
export function readDay(cell: CellValue | undefined): string | null {
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime())
      ? null
      : checked(cell.getUTCFullYear(), cell.getUTCMonth() + 1, cell.getUTCDate());
  }
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/u.exec(text);
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const italian = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/u.exec(text);
  if (!italian) return null;
  return checked(fullYear(italian[3] ?? ''), Number(italian[2]), Number(italian[1]));
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < pivotYear ? 2000 + year : 1900 + year;
}

function checked(year: number, month: number, day: number): string | null {
  if (year < firstYear || year > lastYear) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}
