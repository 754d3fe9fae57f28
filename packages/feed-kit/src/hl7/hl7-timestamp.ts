const TIMESTAMP =
  /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?([+-]\d{4})?$/;

/**
 * Reads an HL7 TS with at least hours and minutes as an instant (RFC 3339, UTC); null for anything else.
 *
 * Without an offset the time is local to `timeZone`: the hour that a clock change repeats is read as the
 * first of the two, the hour it skips is moved forward.
 */
export function readHl7Timestamp(text: string, timeZone = 'Europe/Rome'): string | null {
  const match = TIMESTAMP.exec(text);
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset] = match ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined) return null;
  if (!isCalendarDay(year, month, day)) return null;
  if (hour > '23' || minute > '59' || second > '59') return null;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const wallClock =
    Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    ) + milliseconds;
  if (offset !== undefined) {
    const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3));
    if (minutes > 14 * 60 || Number(offset.slice(3)) > 59) return null;
    return toInstant(wallClock - (offset.startsWith('-') ? -minutes : minutes) * 60_000);
  }
  return toInstant(localToUtc(wallClock, timeZone));
}

/** Reads the day of an HL7 DT or TS (`YYYY-MM-DD`, as written, no zone applied); null when it is no calendar day. */
export function readHl7Date(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2,6}(?:\.\d{1,4})?)?(?:[+-]\d{4})?$/.exec(text);
  const [, year, month, day] = match ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  return isCalendarDay(year, month, day) ? `${year}-${month}-${day}` : null;
}

function isCalendarDay(year: string, month: string, day: string): boolean {
  // Engines write year 0 for "unknown": no calendar and no database has it.
  if (year < '1800') return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}

function toInstant(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The zone's offset before the change is tried first: it gives the first of a repeated hour. */
function localToUtc(wallClock: number, timeZone: string): number {
  const day = 86_400_000;
  const before = offsetAt(wallClock - day, timeZone);
  const after = offsetAt(wallClock + day, timeZone);
  const candidate = wallClock - before;
  if (before === after || offsetAt(candidate, timeZone) === before) return candidate;
  const other = wallClock - after;
  // In a skipped hour neither offset holds; the earlier offset moves the time forward past the gap.
  return offsetAt(other, timeZone) === after ? other : candidate;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that local time in `timeZone` is ahead of UTC at `instant`. */
function offsetAt(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name =
    format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  const milliseconds = (Number(match[2]) * 60 + Number(match[3])) * 60_000;
  return match[1] === '-' ? -milliseconds : milliseconds;
}
