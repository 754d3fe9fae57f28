/** Hours to one decimal; never negative, whatever the clocks of two institutions say. */
export function hoursBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 360_000) / 10);
}

/** An instant in the store's own form (UTC, seconds), so that texts compare as times; null when there is none. */
export function toSecond(instant: string | null | undefined): string | null {
  const time = instant == null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(time) ? null : `${new Date(time).toISOString().slice(0, 19)}Z`;
}
