import { readListSize } from '@tavolo/subgraph-kit';
import type { PersonResolvers } from '../generated/resolver-types.ts';
import { clusterByReference } from '../loaders/cluster-by-reference.ts';

const KEY_FIELDS = [
  ['receptionCentresKey', 'reception-centres'],
  ['healthAuthorityKey', 'health-authority'],
  ['socialServicesKey', 'social-services'],
  ['volunteerRegistryKey', 'volunteer-registry'],
] as const;

export const Person: PersonResolvers = {
  __resolveReference: (reference, { people }) => clusterByReference(people, reference, KEY_FIELDS),
  receptionCentresKey: ({ sectorKeys }) => sectorKeys['reception-centres'] ?? null,
  healthAuthorityKey: ({ sectorKeys }) => sectorKeys['health-authority'] ?? null,
  socialServicesKey: ({ sectorKeys }) => sectorKeys['social-services'] ?? null,
  volunteerRegistryKey: ({ sectorKeys }) => sectorKeys['volunteer-registry'] ?? null,
  ref: ({ id }, _arguments, { refOf }) => refOf('person', id),
  institutionCount: ({ sectorKeys }) => Object.keys(sectorKeys).length,
  async households({ id }, { first }, { householdsByPersonId }) {
    const size = readListSize(first, 10);
    return (await householdsByPersonId.load(id)).slice(0, size);
  },
};
