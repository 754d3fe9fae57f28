import type { Agreement, DateAgreement, HouseholdEvidence, PairEvidence } from '@tavolo/matching';

/** What a reviewer is shown of two records: how far each class of attribute agrees, and no value. */
export interface PairAgreement {
  /** Kinds of identifier that are equal. */
  readonly sameIdentifiers: readonly string[];
  /** Kinds of which each has another at the same time. */
  readonly differentIdentifiers: readonly string[];
  readonly name: 'EQUAL' | 'CLOSE' | 'SIMILAR' | 'DIFFERENT_OR_UNKNOWN';
  readonly birthDate: DateAgreement | 'DIFFERENT_OR_UNKNOWN';
  readonly sex: Agreement;
  readonly citizenship: Agreement;
  readonly householdCode: boolean;
  /** Other members of the two households who look like the same people. */
  readonly otherHouseholdMembers: number;
}

const EQUAL_FROM = 0.95;
const CLOSE_FROM = 0.75;

export function describeAgreement(
  evidence: PairEvidence,
  household: HouseholdEvidence,
): PairAgreement {
  return {
    sameIdentifiers: evidence.sharedIdentifiers,
    differentIdentifiers: evidence.vetoes,
    name: nameAgreement(evidence.nameSimilarity),
    birthDate: evidence.date ?? 'DIFFERENT_OR_UNKNOWN',
    sex: evidence.sex,
    citizenship: evidence.citizenship,
    householdCode: household.sharesCode,
    otherHouseholdMembers: household.otherMembers.length,
  };
}

function nameAgreement(similarity: number | null): PairAgreement['name'] {
  if (similarity === null) return 'DIFFERENT_OR_UNKNOWN';
  if (similarity >= EQUAL_FROM) return 'EQUAL';
  return similarity >= CLOSE_FROM ? 'CLOSE' : 'SIMILAR';
}
