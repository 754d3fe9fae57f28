/** A birth date in the parts that registers get wrong one at a time. */
export interface BirthDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 January, and 31 December, stand for "only the year is known": they say nothing about month and day. */
  readonly isYearOnly: boolean;
}

const OLDEST_YEAR = 1900;

/** Null when it is no day, or no day on which somebody alive was born; `latestYear` is this year. */
export function readBirthDate(text: string, latestYear: number): BirthDate | null {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (year < OLDEST_YEAR || year > latestYear) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const isYearOnly = (month === 1 && day === 1) || (month === 12 && day === 31);
  return { year, month, day, isYearOnly };
}
