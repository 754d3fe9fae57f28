import type { HouseholdToEnrol, IdentifierToEnrol, PersonToEnrol } from '@tavolo/linkage';
import type { RegistryReader } from './store/registry-store.ts';

/**
 * The asylum seekers who volunteer, once each, with their name and, when a register has it, the codice fiscale.
 * No register says when they were born, their sex or their citizenship. Tutors are not enrolled.
 */
export async function* peopleToEnrol(store: RegistryReader): AsyncGenerator<PersonToEnrol> {
  const people = new Map<string, { codes: Set<string>; name: string | null; from: string }>();
  for await (const { personKey, codiceFiscale, name = null, from } of store.allActivities()) {
    const person = people.get(personKey) ?? { codes: new Set<string>(), name: null, from: '' };
    if (codiceFiscale !== null) person.codes.add(codiceFiscale);
    if (name !== null && isNewer(`${from} ${name}`, person)) Object.assign(person, { name, from });
    people.set(personKey, person);
  }
  for (const [sectorKey, { codes, name }] of people) {
    yield {
      sectorKey,
      identifiers: [...codes].map(asIdentifier),
      attributes: { name, birthDate: null, sex: null, citizenship: null },
    };
  }
}

/** Bodies spell one name in several ways: the newest work's spelling counts, whatever the order of rows. */
function isNewer(spelling: string, { name, from }: { name: string | null; from: string }): boolean {
  return name === null || spelling > `${from} ${name}`;
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
