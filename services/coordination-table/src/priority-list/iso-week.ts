import { HubError } from '@tavolo/subgraph-kit';
import { Temporal } from 'temporal-polyfill';

/** A week of ISO 8601: Monday to Sunday, and the year it counts for. */
export interface IsoWeek {
  /** Such as 2026-W47. */
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly monday: string;
}

/** The week that a day lies in. */
export function isoWeekOf(day: string): IsoWeek {
  const date = Temporal.PlainDate.from(day);
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  // Of the ISO calendar both are always there.
  const name = `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, '0')}`;
  return { name, monday: monday.toString() };
}

/** Reads a name such as 2026-W47; refuses a week that the year does not have. */
export function readIsoWeek(name: string): IsoWeek {
  const [, year, week] = /^(20\d{2})-W(\d{2})$/u.exec(name) ?? [];
  if (year !== undefined && week !== undefined) {
    // The fourth of January lies in the first week of its year.
    const inFirstWeek = Temporal.PlainDate.from(`${year}-01-04`);
    const found = isoWeekOf(inFirstWeek.add({ weeks: Number(week) - 1 }).toString());
    if (found.name === name) return found;
  }
  throw new HubError('BAD_USER_INPUT', 'isoWeek must be a week that exists, such as 2026-W47');
}

/** Calendar days from one to another; below zero when the other comes first. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

export function daysBefore(day: string, days: number): string {
  return Temporal.PlainDate.from(day).subtract({ days }).toString();
}
