import type { Institution, WorldHousehold, WorldIdentifier, WorldPerson } from '../world.ts';

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
  return joinBySharedValues((institution) => records[institution]?.identifiers.map(comparable));
}

/** The institutions that have a household, in the groups that equal household codes join. */
export function linkedHouseholds({ codes, copiedCodes }: WorldHousehold): Institution[][] {
  return joinBySharedValues((institution) => {
    const written = [codes[institution], copiedCodes?.[institution]];
    return codes[institution] === undefined ? undefined : written.flatMap((code) => code ?? []);
  });
}

/** Kind and value, as any careful reader would normalise the value. */
export function comparable({ kind, value }: WorldIdentifier): string {
  return `${kind} ${value.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
}

function joinBySharedValues(
  valuesOf: (institution: Institution) => readonly string[] | undefined,
): Institution[][] {
  const groups: { institutions: Institution[]; values: Set<string> }[] = [];
  for (const institution of order) {
    const values = valuesOf(institution);
    if (values === undefined) continue;
    const touching = groups.filter((group) => values.some((value) => group.values.has(value)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({
      institutions: [...touching.flatMap(({ institutions }) => institutions), institution],
      values: new Set([...touching.flatMap((group) => [...group.values]), ...values]),
    });
  }
  return groups.map(({ institutions }) =>
    order.filter((institution) => institutions.includes(institution)),
  );
}
