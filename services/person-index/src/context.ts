import { inKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import {
  type ClusterLoaders,
  createClusterLoaders,
  createHouseholdsByPersonId,
} from './loaders/cluster-loaders.ts';
import { type PeoplePage, readPeoplePage } from './loaders/people-page.ts';
import type { Partner } from './partner.ts';
import type { PeopleCursor } from './people-cursor.ts';
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
  /** Of these institutions, in this order. */
  readonly status: (partners: readonly Partner[]) => Promise<IndexStatus>;
  readonly quality: () => Promise<LinkageQuality>;
  readonly refOf: (type: 'person' | 'household', clusterId: string) => string;
  /** By what the coordination table knows a person, whoever asks. */
  readonly tableRefOf: (clusterId: string) => string;
  readonly personByTableRef: DataLoader<string, ClusterRow | null>;
  readonly peoplePage: (page: { first: number; after?: string | null }) => Promise<PeoplePage>;
  /** Whether this caller may be shown everybody, page by page. */
  readonly mayListPeople: boolean;
  /** Whether this caller may be shown anybody at all. */
  readonly maySeePeople: boolean;
  /** A person is about to be shown. */
  readonly noteAccess: (person: ClusterRow) => void;
}

/** What a request is asked for and by whom it may be remembered. */
export type RequestScope = Pick<
  PersonIndexContext,
  'quality' | 'refOf' | 'tableRefOf' | 'maySeePeople' | 'mayListPeople' | 'noteAccess'
> & { readonly peopleCursor: PeopleCursor };

/** Built anew for each request. */
export function createContext(
  store: PersonIndexStore,
  { peopleCursor, ...scope }: RequestScope,
): PersonIndexContext {
  return {
    people: createClusterLoaders(store, 'people'),
    households: createClusterLoaders(store, 'households'),
    householdsByPersonId: createHouseholdsByPersonId(store),
    personByTableRef: new DataLoader(async (refs) => {
      const rows = await store.clustersByRefs(refs);
      return inKeyOrder(refs, rows, ({ ref }) => ref).map((row) => row?.person ?? null);
    }),
    peoplePage: (page) => readPeoplePage(store, peopleCursor, page),
    status: (partners) => store.status(partners),
    ...scope,
  };
}
