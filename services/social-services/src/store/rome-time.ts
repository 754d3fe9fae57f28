const romeClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'medium',
});

const hourMs = 3_600_000;

/**
 * The instant (RFC 3339, UTC) at which an Italian wall clock shows this day and time, or `null` in the hour
 * that summer time skips. In the hour that autumn repeats, the first of the two: the source does not say.
 */
export function romeToUtc(day: string, time: string): string | null {
  const wall = `${day} ${time}`;
  const asIfUtc = Date.parse(`${day}T${time}Z`);
  // Rome is one or two hours ahead of UTC; two first, because summer time comes first in the repeated hour.
  for (const hours of [2, 1]) {
    const instant = new Date(asIfUtc - hours * hourMs);
    if (romeClock.format(instant) === wall) return instant.toISOString().replace('.000Z', 'Z');
  }
  return null;
}

/** The day that an Italian calendar shows at this instant. */
export function romeDay(instant: Date): string {
  return romeClock.format(instant).slice(0, 10);
}
