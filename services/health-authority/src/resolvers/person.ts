import { readListSize, requireCategories } from '@tavolo/subgraph-kit';
import { maxListSizes } from '../context.ts';
import type { PersonResolvers } from '../generated/resolver-types.ts';
import { hoursBetween, toSecond } from './hours-between.ts';

/** What the health authority knows of a person; an unknown key has empty lists, no key has nothing. */
export const Person: PersonResolvers = {
  __resolveReference(reference) {
    // A person the health authority does not know arrives without a key, whatever the type promises.
    const key = reference.healthAuthorityKey as string | null | undefined;
    return key == null || key === '' ? null : reference;
  },
  async healthEvents({ healthAuthorityKey }, { first }, { eventsByPerson }) {
    const size = readListSize(first, maxListSizes.healthEvents);
    return (await eventsByPerson.load(healthAuthorityKey)).slice(0, size);
  },
  firstHealthEvent({ healthAuthorityKey, receptionEntryAt }, _arguments, { firstEventByEntry }) {
    return firstEventByEntry.load({
      personKey: healthAuthorityKey,
      notBefore: toSecond(receptionEntryAt),
    });
  },
  async hoursToFirstHealthEvent(
    { healthAuthorityKey, receptionEntryAt },
    _arguments,
    { firstEventByEntry },
  ) {
    const entry = toSecond(receptionEntryAt);
    if (entry === null) return null;
    const event = await firstEventByEntry.load({ personKey: healthAuthorityKey, notBefore: entry });
    return event && hoursBetween(entry, event.at);
  },
  async registrations({ healthAuthorityKey }, { first }, { registrationsByPerson }) {
    const size = readListSize(first, maxListSizes.registrations);
    return (await registrationsByPerson.load(healthAuthorityKey)).slice(0, size);
  },
  async vulnerabilityFlags({ healthAuthorityKey }, { first }, { caller, flagsByPerson }) {
    requireCategories(caller, 'HEALTH', 'VIOLENCE_TRAFFICKING');
    const size = readListSize(first, maxListSizes.vulnerabilityFlags);
    return (await flagsByPerson.load(healthAuthorityKey)).slice(0, size);
  },
  async screenings({ healthAuthorityKey }, { first }, { screeningsByPerson }) {
    const size = readListSize(first, maxListSizes.screenings);
    return (await screeningsByPerson.load(healthAuthorityKey)).slice(0, size);
  },
};
