import type { EnrolmentSubject } from '@tavolo/linkage';
import { groupInKeyOrder, inKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type { ClusterRow, PersonIndexStore, SectorKey } from '../store/person-index-store.ts';

/** Whatever the number of references in a question, one statement for each kind of key asked. */
export interface ClusterLoaders {
  readonly bySectorKey: DataLoader<SectorKey, ClusterRow | null, string>;
  readonly byId: DataLoader<string, ClusterRow | null>;
}

/** For one request: loaders cache. */
export function createClusterLoaders(
  store: PersonIndexStore,
  subject: EnrolmentSubject,
): ClusterLoaders {
  return {
    bySectorKey: new DataLoader<SectorKey, ClusterRow | null, string>(
      async (keys) => {
        const rows = await store.clustersBySectorKeys(subject, keys);
        return inKeyOrder(keys.map(nameOf), rows, nameOf).map((row) => row?.cluster ?? null);
      },
      { cacheKeyFn: nameOf },
    ),
    byId: new DataLoader(async (ids) =>
      inKeyOrder(ids, await store.clustersByIds(subject, ids), (row) => row.id),
    ),
  };
}

/** The households of people, by the people's cluster ids. */
export function createHouseholdsByPersonId(
  store: PersonIndexStore,
): DataLoader<string, ClusterRow[]> {
  return new DataLoader(async (ids) => {
    const rows = await store.householdsByPersonIds(ids);
    return groupInKeyOrder(ids, rows, (row) => row.personId).map((group) =>
      group.map(({ household }) => household),
    );
  });
}

function nameOf({ partner, sectorKey }: SectorKey): string {
  return `${partner}/${sectorKey}`;
}
