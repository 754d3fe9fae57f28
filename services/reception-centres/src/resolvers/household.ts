import { readListSize } from '@tavolo/subgraph-kit';
import type { HouseholdResolvers } from '../generated/resolver-types.ts';

export const Household: HouseholdResolvers = {
  __resolveReference(reference) {
    // The gateway asks with a null key about households that the centres do not know.
    const { receptionCentresHouseholdKey: key }: { receptionCentresHouseholdKey?: string | null } =
      reference;
    return key ? { receptionCentresHouseholdKey: key } : null;
  },
  stays: ({ receptionCentresHouseholdKey }, { first }, { staysByHousehold }) =>
    staysByHousehold.load(receptionCentresHouseholdKey, readListSize(first, 100)),
};
