import type { PairEvidence } from '@tavolo/matching';
import { describe, expect, it } from 'vitest';
import { describeAgreement } from './pair-agreement.ts';

const evidence: PairEvidence = {
  sharedIdentifiers: ['PERMIT'],
  vetoes: ['CUI'],
  skeletons: ['NAME_DATE'],
  nameSimilarity: 0.9,
  date: 'SAME',
  sex: 'AGREES',
  citizenship: 'UNKNOWN',
  isOneWord: false,
};
const household = { sharesCode: true, otherMembers: [] };

describe('what a reviewer is shown of a pair', () => {
  it('is classes and degrees, and nothing besides', () => {
    expect(describeAgreement(evidence, household)).toEqual({
      sameIdentifiers: ['PERMIT'],
      differentIdentifiers: ['CUI'],
      name: 'CLOSE',
      birthDate: 'SAME',
      sex: 'AGREES',
      citizenship: 'UNKNOWN',
      householdCode: true,
      otherHouseholdMembers: 0,
    });
  });

  it.each([
    [1, 'EQUAL'],
    [0.95, 'EQUAL'],
    [0.75, 'CLOSE'],
    [0.74, 'SIMILAR'],
    [null, 'DIFFERENT_OR_UNKNOWN'],
  ] as const)('calls a name similarity of %s %s', (nameSimilarity, name) => {
    expect(describeAgreement({ ...evidence, nameSimilarity }, household).name).toBe(name);
  });

  it('does not tell another birth date from one that nobody wrote down', () => {
    expect(describeAgreement({ ...evidence, date: null }, household).birthDate).toBe(
      'DIFFERENT_OR_UNKNOWN',
    );
  });
});
