/**
 * The UTC instant of a wall clock in Italy, RFC 3339. Summer time follows the rule in force in the whole
 * EU since 1996; of the hour that comes twice in October the first is meant.
 */
export function romeInstant(day: string, time: string): string {
  const asUtc = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  const year = Number(day.slice(0, 4));
  const summer =
    asUtc - 7_200_000 >= lastSundayAtOne(year, 2) && asUtc - 7_200_000 < lastSundayAtOne(year, 9);
  return new Date(asUtc - (summer ? 7_200_000 : 3_600_000)).toISOString().replace('.000Z', 'Z');
}

/** Day of a UTC instant as a calendar in Italy shows it. */
export function romeDay(instant: Date): string {
  const year = instant.getUTCFullYear();
  const time = instant.getTime();
  const summer = time >= lastSundayAtOne(year, 2) && time < lastSundayAtOne(year, 9);
  return new Date(time + (summer ? 7_200_000 : 3_600_000)).toISOString().slice(0, 10);
}

/** Clocks change at 01:00 UTC on the last Sunday of March and of October. */
function lastSundayAtOne(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}
