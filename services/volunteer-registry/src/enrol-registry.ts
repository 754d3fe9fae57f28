import type { HouseholdToEnrol, IdentifierToEnrol, PersonToEnrol } from '@tavolo/linkage';
import type { RegistryReader } from './store/registry-store.ts';

/** What the newest work says, and how new that is. */
interface Newest {
  readonly from: string;
  readonly text: string;
}

interface KnownSeeker {
  since: string;
  readonly codes: Set<string>;
  name: Newest | null;
  birthDate: Newest | null;
}

/**
 * The asylum seekers who volunteer, once each, with name, birth date and codice fiscale as far as a register has them.
 * None says their sex or their citizenship. Tutors are not enrolled. Work planned for a day after `today` does
 * not say since when somebody is known.
 */
export async function* peopleToEnrol(
  store: RegistryReader,
  today: string,
): AsyncGenerator<PersonToEnrol> {
  const people = new Map<string, KnownSeeker>();
  for await (const { personKey, codiceFiscale, name, birthDate, from } of store.allActivities()) {
    const known = people.get(personKey);
    const person = known ?? { since: from, codes: new Set(), name: null, birthDate: null };
    if (from < person.since) person.since = from;
    if (codiceFiscale !== null) person.codes.add(codiceFiscale);
    person.name = newerOf(person.name, from, name);
    person.birthDate = newerOf(person.birthDate, from, birthDate);
    people.set(personKey, person);
  }
  for (const [sectorKey, { since, codes, name, birthDate }] of people) {
    yield {
      sectorKey,
      identifiers: [...codes].map(asIdentifier),
      attributes: {
        name: name?.text ?? null,
        birthDate: birthDate?.text ?? null,
        sex: null,
        citizenship: null,
      },
      ...(since > today ? {} : { knownSince: since }),
    };
  }
}

/** Bodies write one person in several ways: the newest work's counts, whatever the order of rows. */
function newerOf(known: Newest | null, from: string, text: string | null = null): Newest | null {
  if (text === null) return known;
  if (known !== null && `${known.from} ${known.text}` >= `${from} ${text}`) return known;
  return { from, text };
}

function asIdentifier(value: string): IdentifierToEnrol {
  const kind = value.length === 11 ? 'CODICE_FISCALE_PROVISIONAL' : 'CODICE_FISCALE';
  return { kind, value };
}

/** The households with a match, by the other institution's code; the registry does not know who belongs to them. */
export async function* householdsToEnrol(store: RegistryReader): AsyncGenerator<HouseholdToEnrol> {
  const seen = new Set<string>();
  for await (const { householdKey, householdCode } of store.allMatches()) {
    if (seen.has(householdKey)) continue;
    seen.add(householdKey);
    yield { sectorKey: householdKey, codes: [householdCode], memberSectorKeys: [] };
  }
}
