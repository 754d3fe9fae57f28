import { createHash } from 'node:crypto';
import type { StayResolvers } from '../generated/resolver-types.ts';
import { registrationTerm, registrationTermDays } from '../registration-term.ts';
import { isTableProgram } from './is-table-program.ts';

/** One way, from a key that nobody outside the institutions' calls ever sees: of no use but to tell guests apart. */
function guestRef(purposeId: string, personKey: string): string {
  return createHash('sha256')
    .update(`tavolo/guest-ref/v1\0${purposeId}\0${personKey}`)
    .digest('base64url');
}

export const Stay: StayResolvers = {
  __resolveReference: ({ id }, { stayById }) => stayById.load(id),
  facility: ({ facilityId }, _arguments, { facilityById }) => facilityById.load(facilityId),
  guestRef: ({ personKey }, _arguments, { caller }) =>
    isTableProgram(caller) ? guestRef(caller.purposeId, personKey) : null,
  cameThroughImmediateReception: ({ passedImmediateReception }) => passedImmediateReception === 1,
  person: ({ personKey }) => ({ receptionCentresKey: personKey }),
  household: ({ householdKey }) =>
    householdKey === null ? null : { receptionCentresHouseholdKey: householdKey },
  registrationTerm: ({ source, entryOn, entryRegisteredOn }, _arguments, { today }) =>
    source === 'SAI'
      ? registrationTerm(entryOn, entryRegisteredOn, registrationTermDays.stay, today())
      : null,
  exitRegistrationTerm: ({ source, exitOn, exitRegisteredOn }, _arguments, { today }) =>
    source === 'SAI' && exitOn !== null
      ? registrationTerm(exitOn, exitRegisteredOn, registrationTermDays.stay, today())
      : null,
};
