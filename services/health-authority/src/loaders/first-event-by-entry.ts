import type { DistrictScope } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type { HealthEventRow } from '../store/health-rows.ts';
import type { FirstEventRequest, HealthStore } from '../store/health-store.ts';

export type FirstEventLoader = DataLoader<FirstEventRequest, HealthEventRow | null, string>;

/** One store call for the first contact of all the people of a request, each after their own entry. */
export function createFirstEventByEntry(
  store: HealthStore,
  districts: DistrictScope,
): FirstEventLoader {
  return new DataLoader((requests) => store.firstEvents(requests, districts), {
    cacheKeyFn: ({ personKey, notBefore }) => `${personKey} ${notBefore ?? ''}`,
  });
}
