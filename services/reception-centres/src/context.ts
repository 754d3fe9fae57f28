import {
  type Caller,
  districtsOf,
  groupInKeyOrder,
  inKeyOrder,
  type PageRequest,
} from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import { perArguments } from './loaders/per-arguments.ts';
import type { DayRange, ReceptionStore } from './store/reception-store.ts';

/** A person as other subgraphs refer to one. */
export interface PersonReference {
  readonly receptionCentresKey: string;
}

/** A household as other subgraphs refer to one. */
export interface HouseholdReference {
  readonly receptionCentresHouseholdKey: string;
}

export type ReceptionContext = ReturnType<typeof createContext>;

/** Built anew for each request: loaders cache, so sharing them would leak rows between callers. */
export function createContext(store: ReceptionStore, today: () => string, caller: Caller) {
  const districts = districtsOf(caller);
  const byPerson = <Row extends { readonly personKey: string | null }>(
    read: (keys: readonly string[], first: number) => Promise<Row[]>,
  ) =>
    perArguments(async (keys, first: number) =>
      groupInKeyOrder(keys, await read(keys, first), (row) => row.personKey ?? ''),
    );
  const byFacility = <Arguments, Row extends { readonly facilityId: string }>(
    read: (ids: readonly string[], args: Arguments) => Promise<Row[]>,
  ) =>
    perArguments(async (ids, args: Arguments) =>
      groupInKeyOrder(ids, await read(ids, args), (row) => row.facilityId),
    );
  return {
    store,
    today,
    caller,
    facilityById: new DataLoader(async (ids: readonly string[]) =>
      inKeyOrder(ids, await store.facilitiesById(ids, districts), (row) => row.id),
    ),
    stayById: new DataLoader(async (ids: readonly string[]) =>
      inKeyOrder(ids, await store.staysById(ids, districts), (row) => row.id),
    ),
    immediateReceptionById: new DataLoader(async (ids: readonly string[]) =>
      inKeyOrder(ids, await store.immediateReceptionsById(ids, districts), (row) => row.id),
    ),
    receptionEntryByPerson: new DataLoader(async (keys: readonly string[]) =>
      inKeyOrder(keys, await store.receptionEntryByPerson(keys, districts), (row) => row.personKey),
    ),
    guestsByFacility: byFacility((ids, first: number) => store.guestsByFacility(ids, first)),
    staysByFacility: byFacility((ids, page: PageRequest) => store.staysByFacility(ids, page)),
    occupancyByFacility: byFacility((ids, range: DayRange) =>
      store.occupancyByFacility(ids, range),
    ),
    dailyPresencesByFacility: byFacility((ids, range: DayRange) =>
      store.dailyPresencesByFacility(ids, range),
    ),
    staysByPerson: byPerson((keys, first) => store.staysByPerson(keys, first, districts)),
    staysByHousehold: perArguments(async (keys, first: number) =>
      groupInKeyOrder(
        keys,
        await store.staysByHousehold(keys, first, districts),
        (row) => row.householdKey ?? '',
      ),
    ),
    asylumStepsByPerson: byPerson((keys, first) =>
      store.asylumStepsByPerson(keys, first, districts),
    ),
    extensionsByPerson: byPerson((keys, first) => store.extensionsByPerson(keys, first, districts)),
    servicesByPerson: byPerson((keys, first) => store.servicesByPerson(keys, first, districts)),
    immediateReceptionsByPerson: byPerson((keys, first) =>
      store.immediateReceptionsByPerson(keys, first, districts),
    ),
  };
}
