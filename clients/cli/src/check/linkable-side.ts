import type { HouseholdRecord, PersonRecord } from '@tavolo/linkage';
import {
  type LinkableHousehold,
  type LinkablePerson,
  readLinkableHousehold,
  readLinkablePerson,
} from '@tavolo/matching';

/** The encoded records of one of two files, ready to be compared with the other's. */
export interface LinkableSide {
  readonly people: readonly LinkablePerson[];
  readonly households: readonly LinkableHousehold[];
  addPerson(record: PersonRecord): void;
  addHousehold(record: HouseholdRecord): void;
}

/** `source` stands for the institution: records of one are never linked with each other. */
export function createLinkableSide(source: 'ours' | 'theirs'): LinkableSide {
  const people: LinkablePerson[] = [];
  const households: LinkableHousehold[] = [];
  return {
    people,
    households,
    addPerson: (record) => people.push(readLinkablePerson(source, record)),
    addHousehold: (record) => households.push(readLinkableHousehold(source, record)),
  };
}
