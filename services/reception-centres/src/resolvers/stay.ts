import type { StayResolvers } from '../generated/resolver-types.ts';
import { registrationTerm, registrationTermDays } from '../registration-term.ts';

export const Stay: StayResolvers = {
  __resolveReference: ({ id }, { stayById }) => stayById.load(id),
  facility: ({ facilityId }, _arguments, { facilityById }) => facilityById.load(facilityId),
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
