export { type HouseholdMember, linkHouseholds } from './link-households.ts';
export {
  DEFAULT_THRESHOLDS,
  isWorthKeeping,
  type LinkedPeople,
  type LinkPeopleOptions,
  linkPeople,
} from './link-people.ts';
export type {
  EncodedAttributes,
  EncodedIdentifier,
  LinkableHousehold,
  LinkablePerson,
} from './linkable-person.ts';
export type { Agreement, DateAgreement, PairEvidence } from './pair-evidence.ts';
export { createPeopleGraph, type HouseholdEvidence, type PeopleGraph } from './people-graph.ts';
export { readLinkableHousehold, readLinkablePerson, refOf } from './read-linkable.ts';
export type {
  CarriedLink,
  Decision,
  Doubt,
  Link,
  Resolution,
  Stage,
  Thresholds,
} from './resolution.ts';
