import { type Caller, districtsOf } from '@tavolo/subgraph-kit';
import { createFirstEventByEntry, type FirstEventLoader } from './loaders/first-event-by-entry.ts';
import { createListLoader, type ListLoader } from './loaders/list-by-person.ts';
import type {
  HealthEventRow,
  RegistrationRow,
  ScreeningRow,
  VulnerabilityFlagRow,
} from './store/health-rows.ts';
import type { HealthStore } from './store/health-store.ts';

export interface HealthContext {
  readonly store: HealthStore;
  readonly caller: Caller;
  readonly eventsByPerson: ListLoader<HealthEventRow>;
  readonly firstEventByEntry: FirstEventLoader;
  readonly registrationsByPerson: ListLoader<RegistrationRow>;
  readonly flagsByPerson: ListLoader<VulnerabilityFlagRow>;
  readonly screeningsByPerson: ListLoader<ScreeningRow>;
  /** The institution's own day of now, `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** Largest `first` of each list below a person, as the SDL says it. */
export const maxListSizes = {
  healthEvents: 100,
  registrations: 100,
  vulnerabilityFlags: 20,
  screenings: 50,
};

/** Built anew for each request: loaders cache, so sharing them would leak rows between callers. */
export function createContext(
  store: HealthStore,
  today: () => string,
  caller: Caller,
): HealthContext {
  const districts = districtsOf(caller);
  return {
    store,
    today,
    caller,
    eventsByPerson: createListLoader((keys) =>
      store.eventsOf(keys, maxListSizes.healthEvents, districts),
    ),
    firstEventByEntry: createFirstEventByEntry(store, districts),
    registrationsByPerson: createListLoader((keys) =>
      store.registrationsOf(keys, maxListSizes.registrations, districts),
    ),
    flagsByPerson: createListLoader((keys) =>
      store.flagsOf(keys, maxListSizes.vulnerabilityFlags, districts),
    ),
    screeningsByPerson: createListLoader((keys) =>
      store.screeningsOf(keys, maxListSizes.screenings, districts),
    ),
  };
}
