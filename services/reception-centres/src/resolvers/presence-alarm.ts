import type { PresenceAlarmResolvers } from '../generated/resolver-types.ts';

export const PresenceAlarm: PresenceAlarmResolvers = {
  facility: ({ facilityId }, _arguments, { facilityById }) => facilityById.load(facilityId),
  otherFacility: ({ otherFacilityId }, _arguments, { facilityById }) =>
    otherFacilityId === null ? null : facilityById.load(otherFacilityId),
};
