import type { Caller } from './hub/caller.ts';
import { districtsOf } from './hub/row-scope.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { EnrolmentStore } from './store/enrolment-store.ts';

/** What the resolvers of one request may use. */
export interface RequestContext extends Loaders {
  readonly caller: Caller;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly store: EnrolmentStore;
  readonly calls: { count: number };
}

/** Built anew for each request: loaders cache, so sharing them would leak rows between callers. */
export function createContext(
  store: EnrolmentStore,
  caller: Caller,
  signal: AbortSignal,
): RequestContext {
  const calls = { count: 0 };
  const counted = countReads(store, calls);
  const loaders = createLoaders(counted, districtsOf(caller), signal);
  return { caller, signal, store: counted, calls, ...loaders };
}

function countReads(store: EnrolmentStore, calls: { count: number }): EnrolmentStore {
  const counting =
    <Given extends readonly unknown[], Rows>(read: (...given: Given) => Promise<Rows>) =>
    (...given: Given) => {
      calls.count += 1;
      return read(...given);
    };
  return {
    ...store,
    findByIds: counting(store.findByIds),
    findByPersonKeys: counting(store.findByPersonKeys),
    findPage: counting(store.findPage),
  };
}
