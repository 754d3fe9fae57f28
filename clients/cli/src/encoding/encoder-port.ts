import {
  createIdentifierEncoder,
  type HouseholdToEnrol,
  type LinkageKey,
  type PersonToEnrol,
} from '@tavolo/linkage';
// Until the library exports its record encoder, this is the only file that knows where the parts are.
import {
  encodeHousehold,
  encodePerson,
  type RecordToSend,
} from '../../../../packages/linkage/src/encode-records.ts';

export type { RecordToSend };

/** Turns people and households in clear into records that may leave the institution. */
export interface RecordEncoder {
  /** Null = the record breaks the form of the enrolment API. */
  person(person: PersonToEnrol): RecordToSend | null;
  household(household: HouseholdToEnrol): RecordToSend | null;
}

export function createRecordEncoder(key: LinkageKey): RecordEncoder {
  const encoder = createIdentifierEncoder(key);
  return {
    person: (person) => encodePerson(encoder, person),
    household: (household) => encodeHousehold(encoder, household),
  };
}
