import type DataLoader from 'dataloader';
import {
  type ClusterLoaders,
  createClusterLoaders,
  createHouseholdsByPersonId,
} from './loaders/cluster-loaders.ts';
import type {
  ClusterRow,
  IndexStatus,
  LinkageQuality,
  PersonIndexStore,
} from './store/person-index-store.ts';

/** What one request may use. */
export interface PersonIndexContext {
  readonly people: ClusterLoaders;
  readonly households: ClusterLoaders;
  readonly householdsByPersonId: DataLoader<string, ClusterRow[]>;
  readonly status: () => Promise<IndexStatus>;
  readonly quality: () => Promise<LinkageQuality>;
  readonly refOf: (type: 'person' | 'household', clusterId: string) => string;
  /** Whether this caller may be shown anybody at all. */
  readonly maySeePeople: boolean;
  /** A person is about to be shown. */
  readonly noteAccess: (person: ClusterRow) => void;
}

/** What a request is asked for and by whom it may be remembered. */
export type RequestScope = Pick<
  PersonIndexContext,
  'quality' | 'refOf' | 'maySeePeople' | 'noteAccess'
>;

/** Built anew for each request. */
export function createContext(store: PersonIndexStore, scope: RequestScope): PersonIndexContext {
  return {
    people: createClusterLoaders(store, 'people'),
    households: createClusterLoaders(store, 'households'),
    householdsByPersonId: createHouseholdsByPersonId(store),
    status: () => store.status(),
    ...scope,
  };
}
