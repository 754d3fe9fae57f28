import DataLoader from 'dataloader';
import { untilDeadline } from './hub/deadline.ts';
import { groupInKeyOrder, inKeyOrder } from './hub/in-key-order.ts';
import type { DistrictScope } from './hub/row-scope.ts';
import type { Enrolment } from './store/enrolment.ts';
import type { EnrolmentStore } from './store/enrolment-store.ts';

/** The most a list below a person shows; the schema says so in words. */
export const maxPerPerson = 50;
const maxBatchSize = 1_000;

export interface Loaders {
  readonly enrolmentById: DataLoader<string, Enrolment | null>;
  readonly enrolmentsByPerson: DataLoader<string, readonly Enrolment[]>;
}

/** A thousand references in one call are one read of the store. Made anew for each request. */
export function createLoaders(
  store: EnrolmentStore,
  scope: DistrictScope,
  signal: AbortSignal,
): Loaders {
  return {
    enrolmentById: new DataLoader(
      async (ids) =>
        inKeyOrder(
          ids,
          await untilDeadline(signal, () => store.findByIds(ids, scope)),
          (row) => row.id,
        ),
      { maxBatchSize },
    ),
    enrolmentsByPerson: new DataLoader(
      async (keys) =>
        groupInKeyOrder(
          keys,
          await untilDeadline(signal, () => store.findByPersonKeys(keys, maxPerPerson, scope)),
          (row) => row.personKey,
        ),
      { maxBatchSize },
    ),
  };
}
