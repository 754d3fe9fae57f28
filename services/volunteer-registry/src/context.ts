import { type Caller, districtsOf } from '@tavolo/subgraph-kit';
import { createRegistryLoaders, type RegistryLoaders } from './loaders/registry-loaders.ts';
import type { RegistryReader } from './store/registry-store.ts';

/** What one request may use. */
export interface VolunteerContext extends RegistryLoaders {
  readonly store: RegistryReader;
  readonly caller: Caller;
  /** `YYYY-MM-DD`; ages, open matches and the 31 days of supervision are counted from it. */
  readonly today: string;
}

/** Built anew for each request; `today` stays the same while it is answered. */
export function createVolunteerContext(
  store: RegistryReader,
  now: () => Date,
  caller: Caller,
): VolunteerContext {
  return {
    store,
    caller,
    today: now().toISOString().slice(0, 10),
    ...createRegistryLoaders(store, districtsOf(caller)),
  };
}
