import type { Institution, WorldIdentifier, WorldPerson } from '../world.ts';

const order: readonly Institution[] = [
  'reception-centres',
  'health-authority',
  'social-services',
  'volunteer-registry',
];

/**
 * The institutions that know a person, in the groups that linking by equal identifiers can reach: two
 * records are together when they share an identifier of one kind, directly or through others. Validity
 * plays no part: an expired STP still says who somebody is. Identifiers belong to one person only, so the
 * rule of one record for each institution is kept by construction.
 */
export function linkedInstitutions({ records }: WorldPerson): Institution[][] {
  const groups: { institutions: Institution[]; identifiers: Set<string> }[] = [];
  for (const institution of order) {
    const record = records[institution];
    if (record === undefined) continue;
    const own = new Set(record.identifiers.map(comparable));
    const touching = groups.filter(({ identifiers }) =>
      [...own].some((value) => identifiers.has(value)),
    );
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({
      institutions: [...touching.flatMap(({ institutions }) => institutions), institution],
      identifiers: new Set([...touching.flatMap(({ identifiers }) => [...identifiers]), ...own]),
    });
  }
  return groups.map(({ institutions }) =>
    order.filter((institution) => institutions.includes(institution)),
  );
}

/** Kind and value, as any careful reader would normalise the value. */
export function comparable({ kind, value }: WorldIdentifier): string {
  return `${kind} ${value.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
}
