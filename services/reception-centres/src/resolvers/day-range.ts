import { HubError } from '@tavolo/subgraph-kit';
import type { DayRange } from '../store/reception-store.ts';

const dayMs = 86_400_000;
const longestDays = 366;

/** The last 30 days unless told; refuses a range that is turned round or longer than a year. */
export function readDayRange(
  { from, to }: { readonly from?: string | null; readonly to?: string | null },
  today: string,
): DayRange {
  const last = to ?? today;
  const lastMs = Date.parse(`${last}T00:00:00Z`);
  const first = from ?? new Date(lastMs - 29 * dayMs).toISOString().slice(0, 10);
  const days = (lastMs - Date.parse(`${first}T00:00:00Z`)) / dayMs + 1;
  if (days < 1 || days > longestDays) {
    throw new HubError(
      'BAD_USER_INPUT',
      `Arguments "from" and "to" must span 1 to ${longestDays} days`,
    );
  }
  return { from: first, to: last };
}
