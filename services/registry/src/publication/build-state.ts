import type { RegistryState } from '@tavolo/access-model';
import type { RegistryContents } from '../store/registry-store.ts';

/** What the gateways go by: of each entry only what they need, and of purposes only what every owner approved. */
export function buildState(contents: RegistryContents): RegistryState {
  return {
    version: contents.version,
    partners: contents.partners.map(({ id, content, suspensions }) => ({
      id,
      name: content.name,
      subgraphs: content.subgraphs,
      suspensions: [...suspensions],
    })),
    consumers: contents.consumers.map(({ id, content, suspensions }) => ({
      id,
      name: content.name,
      partnerId: content.partnerId,
      districts: content.districts,
      clients: content.clients,
      suspensions: [...suspensions],
    })),
    purposes: contents.purposes.flatMap(({ id, consumerId, inForce, isArchived, suspensions }) => {
      if (inForce === null || isArchived) return [];
      const { content, version, grants } = inForce;
      return [
        {
          id,
          version,
          title: content.title,
          consumerId,
          class: content.class,
          roles: content.roles,
          documents: content.documents,
          districts: content.districts,
          coordinates: content.coordinates,
          categories: content.categories,
          grants: Object.fromEntries(
            Object.entries(grants).map(([owner, categories]) => [owner, [...categories]]),
          ),
          validFrom: content.validFrom,
          validUntil: content.validUntil,
          dailyQuota: content.dailyQuota,
          suspensions: [...suspensions],
        },
      ];
    }),
  };
}
