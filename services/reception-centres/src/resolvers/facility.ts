import { municipalityByIstatCode } from '@tavolo/schemas';
import { readListSize, readPageRequest, toConnection } from '@tavolo/subgraph-kit';
import type { FacilityResolvers } from '../generated/resolver-types.ts';
import { readDayRange } from './day-range.ts';

export const Facility: FacilityResolvers = {
  __resolveReference: ({ id }, { facilityById }) => facilityById.load(id),
  municipality({ municipalityCode }) {
    const municipality = municipalityByIstatCode(municipalityCode);
    if (municipality === undefined) throw new Error('a stored municipality is not in the province');
    return municipality;
  },
  occupancy: ({ id }, range, { occupancyByFacility, today }) =>
    occupancyByFacility.load(id, readDayRange(range, today())),
  guests: ({ id }, { first }, { guestsByFacility }) =>
    guestsByFacility.load(id, readListSize(first, 500)),
  async stays({ id }, { first, after }, { staysByFacility }) {
    const page = readPageRequest({ first, after: after ?? null });
    return toConnection(await staysByFacility.load(id, page), page, (row) => row.id);
  },
  dailyPresences: ({ id }, range, { dailyPresencesByFacility, today }) =>
    dailyPresencesByFacility.load(id, readDayRange(range, today())),
};
