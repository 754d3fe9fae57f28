import { readListSize } from '@tavolo/subgraph-kit';
import type { PersonLinkageResolvers, PersonResolvers } from '../generated/resolver-types.ts';
import { clusterByReference } from '../loaders/cluster-by-reference.ts';
import { PARTNERS } from '../partner.ts';
import { INSTITUTION } from './institution.ts';

const KEY_FIELDS = [
  ['receptionCentresKey', 'reception-centres'],
  ['healthAuthorityKey', 'health-authority'],
  ['socialServicesKey', 'social-services'],
  ['volunteerRegistryKey', 'volunteer-registry'],
] as const;

export const Person: PersonResolvers = {
  async __resolveReference(reference, { people, personByTableRef, maySeePeople, noteAccess }) {
    const tableRef: unknown = new Map(Object.entries(reference)).get('coordinationTableRef');
    const person =
      typeof tableRef === 'string'
        ? await personByTableRef.load(tableRef)
        : await clusterByReference(people, reference, KEY_FIELDS);
    // Looked for all the same: how long it takes must not say whether there is somebody.
    if (person === null || !maySeePeople) return null;
    noteAccess(person);
    return person;
  },
  receptionCentresKey: ({ sectorKeys }) => sectorKeys['reception-centres'] ?? null,
  healthAuthorityKey: ({ sectorKeys }) => sectorKeys['health-authority'] ?? null,
  socialServicesKey: ({ sectorKeys }) => sectorKeys['social-services'] ?? null,
  volunteerRegistryKey: ({ sectorKeys }) => sectorKeys['volunteer-registry'] ?? null,
  coordinationTableRef: ({ id }, _arguments, { tableRefOf }) => tableRefOf(id),
  ref: ({ id }, _arguments, { refOf }) => refOf('person', id),
  institutionCount: ({ sectorKeys }) => Object.keys(sectorKeys).length,
  linkage: (person) => person,
  async households({ id }, { first }, { householdsByPersonId }) {
    const size = readListSize(first, 10);
    return (await householdsByPersonId.load(id)).slice(0, size);
  },
};

export const PersonLinkage: PersonLinkageResolvers = {
  confidence: ({ confidence }) => confidence,
  sources: ({ sectorKeys }) =>
    PARTNERS.filter((partner) => sectorKeys[partner] !== undefined).map(
      (partner) => INSTITUTION[partner],
    ),
};
