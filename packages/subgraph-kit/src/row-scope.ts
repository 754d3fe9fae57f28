import {
  type District,
  type DistrictScope,
  districtName,
  narrowDistricts,
} from '@tavolo/access-model';
import type { Caller } from '@tavolo/caller-context';

/**
 * The districts whose rows this caller may see, narrowed to the one it asks for; null = the whole province,
 * empty = none. A district outside the caller's is answered as one with nothing in it.
 */
export function districtsOf(
  caller: Pick<Caller, 'districts'>,
  asked?: District | null,
): DistrictScope {
  // A name this version does not know grants nothing.
  const allowed = caller.districts?.flatMap((name) => districtName.safeParse(name).data ?? []);
  return narrowDistricts(allowed ?? null, asked == null ? null : [asked]);
}

/**
 * Whether this caller may see how a partner's feeds are doing: people of a partner's IT see their own
 * partner's only, which is the one this subgraph is of; whatever else they are; the
 * others as far as the gate lets them.
 */
export function mayReadDiagnostics(
  { roles, partner }: Pick<Caller, 'roles' | 'partner'>,
  subgraph: string,
): boolean {
  if (roles.length === 0) return false;
  return roles.includes('partner-it') ? partner === subgraph : true;
}
