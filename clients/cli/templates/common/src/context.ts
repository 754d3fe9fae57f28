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
}

/** Built anew for each request: loaders cache, so sharing them would leak rows between callers. */
export function createContext(
  store: EnrolmentStore,
  caller: Caller,
  signal: AbortSignal,
): RequestContext {
  return { caller, signal, store, ...createLoaders(store, districtsOf(caller), signal) };
}
