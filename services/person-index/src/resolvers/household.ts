import type { HouseholdResolvers } from '../generated/resolver-types.ts';
import { clusterByReference } from '../loaders/cluster-by-reference.ts';

const KEY_FIELDS = [
  ['receptionCentresHouseholdKey', 'reception-centres'],
  ['socialServicesHouseholdKey', 'social-services'],
  ['volunteerRegistryHouseholdKey', 'volunteer-registry'],
] as const;

export const Household: HouseholdResolvers = {
  async __resolveReference(reference, { households, maySeePeople }) {
    const household = await clusterByReference(households, reference, KEY_FIELDS);
    return maySeePeople ? household : null;
  },
  receptionCentresHouseholdKey: ({ sectorKeys }) => sectorKeys['reception-centres'] ?? null,
  socialServicesHouseholdKey: ({ sectorKeys }) => sectorKeys['social-services'] ?? null,
  volunteerRegistryHouseholdKey: ({ sectorKeys }) => sectorKeys['volunteer-registry'] ?? null,
  ref: ({ id }, _arguments, { refOf }) => refOf('household', id),
};
