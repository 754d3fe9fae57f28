import { municipalityByIstatCode } from '@tavolo/schemas';
import type { HealthServiceSiteResolvers } from '../generated/resolver-types.ts';

export const HealthServiceSite: HealthServiceSiteResolvers = {
  municipality: ({ municipality }) =>
    municipality === null ? null : (municipalityByIstatCode(municipality) ?? null),
};
