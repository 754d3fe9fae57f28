import type { DimensionValue, Period } from '@tavolo/analysis';
import { HubError } from '@tavolo/subgraph-kit';

type Key = Readonly<Record<string, DimensionValue>>;

/** Key of the same cell in another period: as many months into it; `null` when the cell has no time of its own to move. */
export function comparedKey(key: Key, from: Period, to: Period): Key {
  const shift = firstMonth(to) - firstMonth(from);
  const { year } = key;
  if (typeof year !== 'number') return key;
  if (typeof key['month'] === 'number') {
    const month = year * 12 + key['month'] - 1 + shift;
    return { ...key, year: Math.floor(month / 12), month: (month % 12) + 1 };
  }
  if (typeof key['quarter'] === 'number') {
    const quarter = year * 4 + key['quarter'] - 1 + shift / 3;
    return { ...key, year: Math.floor(quarter / 4), quarter: (quarter % 4) + 1 };
  }
  return { ...key, year: year + shift / 12 };
}

/** Refuses to compare a year with a month: the difference would say nothing. */
export function requireSameLength(from: Period, to: Period): void {
  if (lengthOf(from) !== lengthOf(to)) {
    throw new HubError(
      'BAD_USER_INPUT',
      'compared.period must be as long as the period of the table: a year with a year, a quarter with a quarter, a month with a month',
    );
  }
}

function lengthOf({ quarter, month }: Period): 1 | 3 | 12 {
  if (month !== undefined) return 1;
  return quarter === undefined ? 12 : 3;
}

function firstMonth({ year, quarter, month }: Period): number {
  return year * 12 + (month ?? (quarter === undefined ? 1 : quarter * 3 - 2)) - 1;
}
