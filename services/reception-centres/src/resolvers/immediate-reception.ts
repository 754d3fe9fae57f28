import { requireCategories } from '@tavolo/subgraph-kit';
import type { ImmediateReceptionResolvers } from '../generated/resolver-types.ts';

export const ImmediateReception: ImmediateReceptionResolvers = {
  __resolveReference: ({ id }, { immediateReceptionById }) => immediateReceptionById.load(id),
  hoursToFirstIntervention({ startedAt, firstSocialAt, firstHealthAt }) {
    const first = [firstSocialAt, firstHealthAt].filter((at) => at !== null).sort()[0];
    if (first === undefined) return null;
    return (Date.parse(first) - Date.parse(startedAt)) / 3_600_000;
  },
  facility: ({ facilityId }, _arguments, { facilityById }) =>
    facilityId === null ? null : facilityById.load(facilityId),
  vulnerabilityCategory({ vulnerabilityCategory }, _arguments, { caller }) {
    requireCategories(caller, 'HEALTH', 'VIOLENCE_TRAFFICKING');
    return vulnerabilityCategory;
  },
  person: ({ personKey }) => (personKey === null ? null : { receptionCentresKey: personKey }),
};
