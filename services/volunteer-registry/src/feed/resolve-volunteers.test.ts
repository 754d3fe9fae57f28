import { expect, it } from 'vitest';
import type { MembershipRow } from '../store/registry-records.ts';
import { resolveVolunteers } from './resolve-volunteers.ts';

function entry(
  id: string,
  fiscalKey: string | null,
  nameKey: string | null,
  volunteerRef = id,
): MembershipRow {
  return {
    ...{
      id,
      volunteerRef,
      fiscalKey,
      nameKey,
      isWithdrawn: false,
      organisationId: 'o',
      birthDate: null,
    },
    ...{ municipality: null, languages: [], skills: [], availability: [], startedOn: '2024-01-01' },
    ...{ endedOn: null, isOccasional: false, consentScope: null },
  };
}
const refs = (...entries: MembershipRow[]) =>
  Object.fromEntries(resolveVolunteers(entries, (key) => `ref of ${key}`));

it('joins entries with one codice fiscale, and one without it by name and birth date', () => {
  const found = refs(entry('1', 'F', 'N'), entry('2', 'F', 'other'), entry('3', null, 'N'));
  expect(found).toEqual({ '1': 'ref of fiscal/F', '2': 'ref of fiscal/F', '3': 'ref of fiscal/F' });
});

it('does not guess between two people of one name and birth date', () => {
  const found = refs(entry('1', 'F', 'N'), entry('2', 'G', 'N'), entry('3', null, 'N'));
  expect(new Set(Object.values(found)).size).toBe(3);
});

it('keeps the ref a citizen had before a codice fiscale was added', () => {
  expect(refs(entry('1', 'F', 'N', 'old'), entry('2', null, 'N'))).toEqual({ '2': 'old' });
});
