const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** An instant as an office in Italy writes it down. */
export interface WallClock {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `HH:MM:SS`. */
  readonly time: string;
}

/** Wall clock in Italy of a UTC instant. */
export function romeWallClock(instant: string): WallClock {
  const parts = new Map(
    clock.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

/** `YYYY-MM-DD` as `dd/mm/yyyy`. */
export function italianDay(day: string): string {
  const [year, month, dayOfMonth] = day.split('-');
  return `${dayOfMonth}/${month}/${year}`;
}

/** A UTC instant as `dd/mm/yyyy HH:MM:SS` in Italy; empty for none. */
export function italianInstant(instant: string | undefined): string {
  if (instant === undefined) return '';
  const { day, time } = romeWallClock(instant);
  return `${italianDay(day)} ${time}`;
}
