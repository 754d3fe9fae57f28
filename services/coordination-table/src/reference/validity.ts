/** A time something is valid: the first day, and the first day on which it is not; null = open. */
export interface Validity {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Days are `YYYY-MM-DD`, which sort as text. */
export function isValidOn({ validFrom, validTo }: Validity, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day < validTo);
}

/** Pairs whose times share a day. */
export function findOverlaps<Row extends Validity>(rows: readonly Row[]): [Row, Row][] {
  return rows.flatMap((a, index) =>
    rows.slice(index + 1).flatMap((b): [Row, Row][] => (shareADay(a, b) ? [[a, b]] : [])),
  );
}

function shareADay(a: Validity, b: Validity): boolean {
  return startsBefore(a, b) && startsBefore(b, a);
}

/** Whether `a` begins before `b` is over. */
function startsBefore(a: Validity, b: Validity): boolean {
  return a.validFrom === null || b.validTo === null || a.validFrom < b.validTo;
}

/** Oldest first. */
export function byFirstDay(a: Validity, b: Validity): number {
  const [from, to] = [a.validFrom ?? '', b.validFrom ?? ''];
  return from < to ? -1 : from > to ? 1 : 0;
}
