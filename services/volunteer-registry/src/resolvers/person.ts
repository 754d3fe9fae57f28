import { readListSize } from '@tavolo/subgraph-kit';
import type {
  HouseholdResolvers,
  PersonResolvers,
  PublicUtilityActivityResolvers,
} from '../generated/resolver-types.ts';
import { latestFirst } from './load-all.ts';

// The gateway may ask for a person or a household of whom this registry has no key: nobody, not an error.

export const Person: PersonResolvers = {
  __resolveReference: ({ volunteerRegistryKey }: { volunteerRegistryKey?: string | null }) =>
    volunteerRegistryKey == null ? null : { volunteerRegistryKey },
  async publicUtilityActivities({ volunteerRegistryKey }, { first }, { activitiesByPersonKey }) {
    const size = readListSize(first, 50);
    const activities = await activitiesByPersonKey.load(volunteerRegistryKey);
    return latestFirst(activities, ({ from }) => from).slice(0, size);
  },
};

export const Household: HouseholdResolvers = {
  __resolveReference: ({
    volunteerRegistryHouseholdKey,
  }: {
    volunteerRegistryHouseholdKey?: string | null;
  }) => (volunteerRegistryHouseholdKey == null ? null : { volunteerRegistryHouseholdKey }),
  async tutorMatches({ volunteerRegistryHouseholdKey }, { first }, { matchesByHouseholdKey }) {
    const size = readListSize(first, 50);
    const matches = await matchesByHouseholdKey.load(volunteerRegistryHouseholdKey);
    return latestFirst(matches, ({ from }) => from).slice(0, size);
  },
};

export const PublicUtilityActivity: PublicUtilityActivityResolvers = {
  __resolveReference: ({ id }, { activityById }) => activityById.load(id),
  organisation: ({ organisationId }, _arguments, { organisationById }) =>
    organisationById.load(organisationId),
  person: ({ personKey }) => ({ volunteerRegistryKey: personKey }),
};
