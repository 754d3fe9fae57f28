export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Milliseconds since 1970 of a day's first instant in UTC; throws on anything but `YYYY-MM-DD`. */
export function dayStart(day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse accepts no 31 February, but the round trip also refuses what a future engine might accept.
  if (Number.isNaN(ms) || isoDay(ms) !== day)
    throw new RangeError('a day must be a real YYYY-MM-DD');
  return ms;
}

/** A province mentions few days very often: each is put into words once. */
const dayTexts = new Map<number, string>();

/** The UTC day, `YYYY-MM-DD`. */
export function isoDay(ms: number): string {
  const day = Math.floor(ms / dayMs);
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * dayMs).toISOString().slice(0, 10);
  dayTexts.set(day, text);
  return text;
}

/** RFC 3339 in UTC, whole seconds. */
export function isoInstant(ms: number): string {
  const seconds = Math.floor((ms - Math.floor(ms / dayMs) * dayMs) / 1_000);
  const clock = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${isoDay(ms)}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}Z`;
}

/** The day `days` working days later; Saturdays and Sundays do not count, public holidays do. */
export function workingDaysLater(ms: number, days: number): number {
  let day = ms;
  for (let left = days; left > 0; ) {
    day += dayMs;
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}

/** The birth date of someone who is `years` old, plus some days, on the given day. */
export function yearsBefore(ms: number, years: number, days: number): number {
  const date = new Date(ms);
  return (
    Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()) - days * dayMs
  );
}
