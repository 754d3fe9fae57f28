/** `YYYY-MM-DD`, UTC: so many days before an instant. */
export function dayBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}
