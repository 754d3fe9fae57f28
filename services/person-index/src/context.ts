import type DataLoader from 'dataloader';
import {
  type ClusterLoaders,
  createClusterLoaders,
  createHouseholdsByPersonId,
} from './loaders/cluster-loaders.ts';
import type { ClusterRow, IndexStatus, PersonIndexStore } from './store/person-index-store.ts';

/** What one request may use. */
export interface PersonIndexContext {
  readonly people: ClusterLoaders;
  readonly households: ClusterLoaders;
  readonly householdsByPersonId: DataLoader<string, ClusterRow[]>;
  readonly status: () => Promise<IndexStatus>;
  readonly refOf: (type: 'person' | 'household', clusterId: string) => string;
}

/** Built anew for each request. */
export function createContext(
  store: PersonIndexStore,
  refOf: PersonIndexContext['refOf'],
): PersonIndexContext {
  return {
    people: createClusterLoaders(store, 'people'),
    households: createClusterLoaders(store, 'households'),
    householdsByPersonId: createHouseholdsByPersonId(store),
    status: () => store.status(),
    refOf,
  };
}
