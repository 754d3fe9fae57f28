import type { MembershipRow } from '../store/registry-records.ts';

/**
 * Finds which entries are about one citizen: the same codice fiscale, or, when an entry has none, the same
 * name and birth date, unless two people with that name and birth date have different codici fiscali.
 * Answers only the refs that change. A citizen keeps the ref an earlier run gave.
 */
export function resolveVolunteers(
  memberships: readonly MembershipRow[],
  deriveRef: (key: string) => string,
): ReadonlyMap<string, string> {
  const fiscalKeysByName = new Map<string, Set<string>>();
  for (const { nameKey, fiscalKey } of memberships) {
    if (nameKey === null || fiscalKey === null) continue;
    const known = fiscalKeysByName.get(nameKey) ?? new Set();
    fiscalKeysByName.set(nameKey, known.add(fiscalKey));
  }
  const citizens = new Map<string, MembershipRow[]>();
  for (const membership of [...memberships].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = citizenKeyOf(membership, fiscalKeysByName);
    citizens.set(key, [...(citizens.get(key) ?? []), membership]);
  }
  const taken = new Set<string>();
  const changes = new Map<string, string>();
  for (const [key, entries] of citizens) {
    // An entry not yet resolved carries its own id as its ref.
    const given = entries.map(({ volunteerRef, id }) =>
      volunteerRef === id ? null : volunteerRef,
    );
    const kept = given.find((ref) => ref !== null && !taken.has(ref)) ?? deriveRef(key);
    taken.add(kept);
    for (const { id, volunteerRef } of entries) if (volunteerRef !== kept) changes.set(id, kept);
  }
  return changes;
}

function citizenKeyOf(
  { id, fiscalKey, nameKey }: MembershipRow,
  fiscalKeysByName: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  if (fiscalKey !== null) return `fiscal/${fiscalKey}`;
  if (nameKey === null) return `entry/${id}`;
  const known = [...(fiscalKeysByName.get(nameKey) ?? [])];
  const [only] = known;
  return known.length === 1 && only !== undefined ? `fiscal/${only}` : `name/${nameKey}`;
}
