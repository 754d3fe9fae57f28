import type { HouseholdToEnrol, PersonToEnrol } from '@tavolo/linkage';
import type { RegistryReader } from './store/registry-store.ts';

/** The asylum seekers who volunteer, once each, with the codice fiscale when a register has it. Tutors are not enrolled. */
export async function* peopleToEnrol(store: RegistryReader): AsyncGenerator<PersonToEnrol> {
  const valuesByKey = new Map<string, Set<string>>();
  for await (const { personKey, codiceFiscale } of store.allActivities()) {
    const values = valuesByKey.get(personKey) ?? new Set();
    valuesByKey.set(personKey, codiceFiscale === null ? values : values.add(codiceFiscale));
  }
  for (const [sectorKey, values] of valuesByKey) {
    const identifiers = [...values].map((value) => ({
      kind:
        value.length === 11 ? ('CODICE_FISCALE_PROVISIONAL' as const) : ('CODICE_FISCALE' as const),
      value,
    }));
    yield { sectorKey, identifiers };
  }
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
