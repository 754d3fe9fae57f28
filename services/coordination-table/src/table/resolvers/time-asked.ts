import { HubError } from '@tavolo/subgraph-kit';
import { romeDay } from '../../reference/rome-day.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The longest time a calendar can be asked for: a year and the month around its ends. */
const mostCalendarDays = 400;

/** Refuses a time that ends before it begins, or is too long to answer. */
export function calendarDays(from: string, to: string): void {
  if (to < from) throw new HubError('BAD_USER_INPUT', 'Argument "to" must not come before "from"');
  if (Date.parse(to) - Date.parse(from) > mostCalendarDays * dayMs) {
    throw new HubError(
      'BAD_USER_INPUT',
      `Arguments "from" and "to" must lie at most ${mostCalendarDays} days apart`,
    );
  }
}

/** The moment a day begins in Italy, also on the two days a year on which the clocks change at night. */
export function romeMidnight(day: string, daysLater = 0): Date {
  const utc = Date.parse(`${day}T00:00:00Z`) + daysLater * dayMs;
  const wanted = new Date(utc).toISOString().slice(0, 10);
  // Italy is one hour ahead of UTC in winter and two in summer, so midnight comes first where it is two.
  const summer = new Date(utc - 2 * hourMs);
  return romeDay(summer) === wanted ? summer : new Date(utc - hourMs);
}
