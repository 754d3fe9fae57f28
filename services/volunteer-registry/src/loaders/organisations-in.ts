import { municipalities } from '@tavolo/schemas';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import type { RegistryReader } from '../store/registry-store.ts';

/** The bodies with their seat in these districts; null = all, also those whose seat is not in the province. */
export async function organisationIdsIn(
  store: Pick<RegistryReader, 'organisationIdsInMunicipalities'>,
  districts: DistrictScope,
): Promise<readonly string[] | null> {
  if (districts === null) return null;
  const codes = municipalities
    .filter(({ district }) => districts.includes(district))
    .map(({ istatCode }) => istatCode);
  return store.organisationIdsInMunicipalities(codes);
}
