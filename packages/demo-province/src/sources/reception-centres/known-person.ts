import type { World, WorldPerson, WorldRecord } from '../../world.ts';

/** A person as the centres wrote one down. */
export interface KnownPerson {
  readonly person: WorldPerson;
  readonly record: WorldRecord;
  readonly householdCode: string;
}

/** The people whom the reception centres know, by truth id. */
export function knownPeople(world: World): ReadonlyMap<string, KnownPerson> {
  const codes = new Map(world.households.map(({ id, codes }) => [id, codes['reception-centres']]));
  const known = new Map<string, KnownPerson>();
  for (const person of world.people) {
    const record = person.records['reception-centres'];
    if (record === undefined) continue;
    known.set(person.id, { person, record, householdCode: codes.get(person.householdId) ?? '' });
  }
  return known;
}

/** The identifier columns every file of this institution has. */
export function identifierCells({ record }: KnownPerson) {
  const value = (...kinds: string[]) =>
    record.identifiers.find((identifier) => kinds.includes(identifier.kind))?.value ?? '';
  return {
    cui: value('CUI'),
    vestanet: value('VESTANET'),
    fiscalCode: value('CF') || value('CF_PROVISIONAL'),
    permit: value('PERMIT'),
  };
}
