import type {
  ConsentScope,
  VolunteerAgeBand,
  VolunteerStatus,
} from '../generated/resolver-types.ts';
import type { MembershipRow } from '../store/registry-records.ts';

/** The band of an age in whole years on `today`; both days are `YYYY-MM-DD`. */
export function ageBandOf(birthDate: string, today: string): VolunteerAgeBand {
  const hadBirthday = today.slice(5) >= birthDate.slice(5);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (hadBirthday ? 0 : 1);
  if (years < 18) return 'UNDER_18';
  if (years < 30) return 'FROM_18_TO_29';
  if (years < 45) return 'FROM_30_TO_44';
  return years < 65 ? 'FROM_45_TO_64' : 'FROM_65';
}

/** Active on any register today: started, not ended, and still in the body's newest register. */
export function statusOf(memberships: readonly MembershipRow[], today: string): VolunteerStatus {
  const isActive = memberships.some(
    ({ isWithdrawn, startedOn, endedOn }) =>
      !isWithdrawn && startedOn <= today && (endedOn === null || endedOn >= today),
  );
  return isActive ? 'ACTIVE' : 'ENDED';
}

/** The narrowest consent that any register records. */
export function consentOf(memberships: readonly MembershipRow[]): ConsentScope | null {
  const scopes = memberships.map(({ consentScope }) => consentScope);
  if (scopes.includes('OWN_BODY')) return 'OWN_BODY';
  return scopes.includes('TABLE') ? 'TABLE' : null;
}

/** The first known value among the entries, the latest started first. */
export function latestKnown<Value>(
  memberships: readonly MembershipRow[],
  read: (membership: MembershipRow) => Value | null,
): Value | null {
  const latestFirst = [...memberships].sort((a, b) => (a.startedOn < b.startedOn ? 1 : -1));
  for (const membership of latestFirst) {
    const value = read(membership);
    if (value !== null) return value;
  }
  return null;
}

/** Every distinct value of all entries, sorted. */
export function allDistinct<Value extends string>(
  memberships: readonly MembershipRow[],
  valuesOf: (membership: MembershipRow) => readonly Value[],
): Value[] {
  return [...new Set(memberships.flatMap(valuesOf))].sort();
}
