import { readListSize } from '@tavolo/subgraph-kit';
import type { SocialServicesContext } from '../context.ts';
import type { HouseholdResolvers, PersonResolvers } from '../generated/resolver-types.ts';
import type { HouseholdReference, PersonReference } from '../store/social-services-store.ts';
import { casesWith, longestList } from './cases-with.ts';

export const Person: PersonResolvers = {
  // A key of nobody answers with empty lists, without asking the database.
  __resolveReference({ socialServicesKey }, { ids }): PersonReference | null {
    if (typeof socialServicesKey !== 'string') return null;
    return { socialServicesKey, personId: ids.decode('person', socialServicesKey) };
  },
  async socialCases({ personId }, { status, first }, { casesByPerson }) {
    const size = readListSize(first, longestList);
    return personId === null ? [] : casesWith(await casesByPerson.load(personId), status, size);
  },
  async deskContacts({ personId }, { first }, { contactsByPerson }) {
    const size = readListSize(first, longestList);
    return personId === null ? [] : (await contactsByPerson.load(personId)).slice(0, size);
  },
};

export const Household: HouseholdResolvers = {
  __resolveReference({ socialServicesHouseholdKey }, { ids }): HouseholdReference | null {
    if (typeof socialServicesHouseholdKey !== 'string') return null;
    return {
      socialServicesHouseholdKey,
      householdId: ids.decode('household', socialServicesHouseholdKey),
    };
  },
  async socialCases({ householdId }, { status, first }, { casesByHousehold }) {
    const size = readListSize(first, longestList);
    return householdId === null
      ? []
      : casesWith(await casesByHousehold.load(householdId), status, size);
  },
};

/** The person with this id of the registry. */
export function personOf(personId: string, { ids }: SocialServicesContext): PersonReference {
  return { socialServicesKey: ids.encode('person', personId), personId };
}

/** The household with this id of the registry. */
export function householdOf(
  householdId: string,
  { ids }: SocialServicesContext,
): HouseholdReference {
  return { socialServicesHouseholdKey: ids.encode('household', householdId), householdId };
}
