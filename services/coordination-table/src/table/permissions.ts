import type { District } from '@tavolo/access-model';
import { type Caller, districtsOf, HubError } from '@tavolo/subgraph-kit';

/** What the whole table owns, nobody changes for one district. */
export function requireProvince(caller: Caller, mutation: string): void {
  if (caller.districts === null) return;
  throw new HubError(
    'FORBIDDEN',
    `${mutation} is for coordinators of the whole province; you act for single districts`,
  );
}

/** A district's coordinator changes objectives of the own district, and none of the province's. */
export function requireDistrict(caller: Caller, district: District | null, mutation: string): void {
  const own = districtsOf(caller);
  if (own === null || (district !== null && own.includes(district))) return;
  throw new HubError(
    'FORBIDDEN',
    `${mutation} is for coordinators of the objective's district or of the whole province`,
  );
}
