import { sharedOwner } from '@tavolo/access-model';
import type { SubgraphVersion, SubgraphView } from '@tavolo/registry-api';
import type { PartnerEntry } from '../model/partner.ts';
import { ownerOf } from './basis.ts';
import type { SubgraphEntry, VersionEntry } from './model/subgraph-entry.ts';

/** A subgraph as others see it. */
export function viewSubgraph(
  entry: SubgraphEntry,
  inForce: VersionEntry | null,
  partners: readonly PartnerEntry[],
): SubgraphView {
  const { name, deprecation } = entry;
  const owner = ownerOf({ partners, subgraphs: new Map([[name, entry]]) }, name) ?? sharedOwner;
  const contact = partners.find(({ id }) => id === owner)?.content.contactOffice;
  return {
    name,
    owner,
    contact: { name: contact?.name ?? '', email: contact?.email ?? '' },
    state: stateOf(entry),
    version: entry.version,
    url: inForce?.url ?? null,
    deprecatedUntil: deprecation?.until ?? null,
    deprecationReason: deprecation?.reason ?? null,
    publishedAt: inForce?.publishedAt ?? null,
  };
}

function stateOf({ version, isArchived, deprecation }: SubgraphEntry): SubgraphView['state'] {
  if (isArchived) return 'ARCHIVED';
  if (version === null) return 'DRAFT';
  return deprecation === null ? 'PUBLISHED' : 'DEPRECATED';
}

/** A version as others see it: what is in the graph decides its state. */
export function viewVersion(version: VersionEntry, entry: SubgraphEntry): SubgraphVersion {
  const { subgraph, digest, url, note, createdAt, createdBy, publishedAt } = version;
  return {
    subgraph,
    version: version.version,
    state: stateOfVersion(version, entry),
    digest,
    url,
    note,
    createdAt,
    createdBy,
    publishedAt,
  };
}

function stateOfVersion(
  { version, publishedAt }: VersionEntry,
  entry: SubgraphEntry,
): SubgraphVersion['state'] {
  if (version === entry.version) return 'PUBLISHED';
  if (publishedAt === null) return 'DRAFT';
  return entry.isArchived ? 'ARCHIVED' : 'SUPERSEDED';
}
