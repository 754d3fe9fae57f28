import { readListSize } from '@tavolo/subgraph-kit';
import type { PersonLinkageResolvers, PersonResolvers } from '../generated/resolver-types.ts';
import { clusterByReference } from '../loaders/cluster-by-reference.ts';
import type { Partner } from '../partner.ts';
import { keyFieldOf } from '../partners/further-partner.ts';
import type { PartnerList } from '../partners/partner-directory.ts';
import { institutionInGraph } from './institution.ts';

type KeyField = readonly [field: string, partner: Partner];

/** `Person` with the keys of everybody who enrols; those of removed partners mean nobody. */
export function createPersonResolvers({ names, removed }: PartnerList): PersonResolvers {
  const keyFields = names.map((name): KeyField => [keyFieldOf(name), name]);
  return {
    async __resolveReference(reference, { people, personByTableRef, maySeePeople, noteAccess }) {
      const tableRef: unknown = new Map(Object.entries(reference)).get('coordinationTableRef');
      const person =
        typeof tableRef === 'string'
          ? await personByTableRef.load(tableRef)
          : await clusterByReference(people, reference, keyFields);
      // Looked for all the same: how long it takes must not say whether there is somebody.
      if (person === null || !maySeePeople) return null;
      noteAccess(person);
      return person;
    },
    ...keyResolvers(keyFields),
    ...Object.fromEntries(removed.map(({ name }) => [keyFieldOf(name), () => null])),
    coordinationTableRef: ({ id }, _arguments, { tableRefOf }) => tableRefOf(id),
    ref: ({ id }, _arguments, { refOf }) => refOf('person', id),
    institutionCount: ({ sectorKeys }) => Object.keys(sectorKeys).length,
    linkage: (person) => person,
    async households({ id }, { first }, { householdsByPersonId }) {
      const size = readListSize(first, 10);
      return (await householdsByPersonId.load(id)).slice(0, size);
    },
  };
}

function keyResolvers(
  keyFields: readonly KeyField[],
): Record<string, PersonResolvers['receptionCentresKey']> {
  return Object.fromEntries(
    keyFields.map(([field, partner]) => [field, ({ sectorKeys }) => sectorKeys[partner] ?? null]),
  );
}

export function createPersonLinkageResolvers({ names }: PartnerList): PersonLinkageResolvers {
  return {
    confidence: ({ confidence }) => confidence,
    sources: ({ sectorKeys }) =>
      names.filter((name) => sectorKeys[name] !== undefined).map(institutionInGraph),
  };
}
