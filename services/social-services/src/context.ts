import { type Caller, districtsOf } from '@tavolo/subgraph-kit';
import {
  createSocialServicesLoaders,
  type SocialServicesLoaders,
} from './loaders/social-services-loaders.ts';
import type { OpaqueIds } from './opaque-id.ts';
import type { QualityScan } from './quality/start-quality-scan.ts';
import type { SocialServicesStore } from './store/social-services-store.ts';

/** What one request may use. */
export interface SocialServicesContext extends SocialServicesLoaders {
  readonly store: SocialServicesStore;
  readonly ids: OpaqueIds;
  readonly caller: Caller;
  readonly quality: Pick<QualityScan, 'latest'>;
}

/** Built anew for each request: loaders cache, so sharing them would leak rows between callers. */
export function createContext(
  shared: Pick<SocialServicesContext, 'store' | 'ids' | 'quality'>,
  caller: Caller,
): SocialServicesContext {
  return {
    ...shared,
    caller,
    ...createSocialServicesLoaders(shared.store, districtsOf(caller)),
  };
}
