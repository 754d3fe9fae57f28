import type { HouseholdRecord, PersonRecord } from '@tavolo/linkage';
import type { LinkableHousehold, LinkablePerson } from './linkable-person.ts';

/** The name of a record among those of all institutions. */
export function refOf(source: string, sectorKey: string): string {
  return `${source}/${sectorKey}`;
}

/** A person as enrolled by `source`, ready to be compared. */
export function readLinkablePerson(source: string, record: PersonRecord): LinkablePerson {
  const { sectorKey, identifiers, attributes } = record;
  return {
    ref: refOf(source, sectorKey),
    source,
    identifiers,
    attributes:
      attributes === undefined
        ? null
        : {
            ...attributes,
            filters: [
              Buffer.from(attributes.filters[0], 'base64url'),
              Buffer.from(attributes.filters[1], 'base64url'),
              Buffer.from(attributes.filters[2], 'base64url'),
            ],
          },
  };
}

/** A household as enrolled by `source`; its members are that institution's own people. */
export function readLinkableHousehold(source: string, record: HouseholdRecord): LinkableHousehold {
  return {
    ref: refOf(source, record.sectorKey),
    source,
    codes: record.codes,
    members: record.memberSectorKeys.map((sectorKey) => refOf(source, sectorKey)),
  };
}
