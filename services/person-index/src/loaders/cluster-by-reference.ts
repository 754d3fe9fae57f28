import type { Partner } from '../partner.ts';
import type { ClusterRow } from '../store/person-index-store.ts';
import type { ClusterLoaders } from './cluster-loaders.ts';

/**
 * Finds what a federation reference names: by the index's id, or by the first institution's key that is
 * given. Null when no key is given, when it is null, or when nobody enrolled it.
 */
export async function clusterByReference(
  loaders: ClusterLoaders,
  reference: object,
  keyFields: readonly (readonly [field: string, partner: Partner])[],
): Promise<ClusterRow | null> {
  const fields = new Map(Object.entries(reference));
  const id: unknown = fields.get('id');
  if (typeof id === 'string') return loaders.byId.load(id);
  for (const [field, partner] of keyFields) {
    const sectorKey: unknown = fields.get(field);
    if (typeof sectorKey === 'string') return loaders.bySectorKey.load({ partner, sectorKey });
  }
  return null;
}
