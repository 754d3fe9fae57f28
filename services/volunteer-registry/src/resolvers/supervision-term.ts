/** Supervision is monthly by the agreements: 31 days cover the longest month. */
export const supervisionTermDays = 31;

/** The day `days` before `day`, both `YYYY-MM-DD`. */
export function daysBefore(day: string, days: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) - days * 86_400_000;
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * Whether an open match neither started nor was supervised in the last 31 days; null once it has ended.
 * `today`, `from`, `to` and `supervisedOn` are `YYYY-MM-DD`; a meeting planned for later does not count.
 */
export function isSupervisionOverdue(
  match: { readonly from: string; readonly to: string | null },
  supervisedOn: readonly string[],
  today: string,
): boolean | null {
  if (match.to !== null && match.to < today) return null;
  const since = daysBefore(today, supervisionTermDays);
  return match.from < since && !supervisedOn.some((on) => on >= since && on <= today);
}
