import { CALIBRATION } from './calibration.ts';
import type { PairEvidence } from './pair-evidence.ts';
import type { HouseholdEvidence } from './people-graph.ts';

/**
 * How much more likely two records are to show this evidence when they are one person than when they are two,
 * as a natural logarithm (Fellegi and Sunter's weight). Null = nothing was compared.
 */
export function weighAttributes(evidence: PairEvidence): number | null {
  const { date, nameSimilarity } = evidence;
  if (date === null || nameSimilarity === null) return null;
  const steps = isTwinLike(evidence) ? CALIBRATION.oneNameShared : CALIBRATION.names[date];
  const place = (nameSimilarity - CALIBRATION.firstStep) / CALIBRATION.stepWidth;
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(place)));
  const weight =
    (steps[step] ?? 0) +
    CALIBRATION.sex[evidence.sex] +
    CALIBRATION.citizenship[evidence.citizenship];
  // One word is half a name, and the words that come alone are the common ones.
  return evidence.isOneWord ? Math.min(weight, CALIBRATION.mostForOneWord) : weight;
}

/** Born on one day, one name in common, the other another name: twins, or one person with a second name. */
function isTwinLike({ date, nameSimilarity, skeletons }: PairEvidence): boolean {
  return (
    date === 'SAME' &&
    (nameSimilarity ?? 0) < CALIBRATION.twinsBelow &&
    skeletons.includes('NAME_PART_DATE_CITIZENSHIP') &&
    !skeletons.includes('NAME_DATE')
  );
}

/**
 * What the household adds to a pair's weight. Brothers, sisters and twins share it, so it never makes up for a name
 * that was compared and is another.
 */
export function weighHousehold(
  evidence: PairEvidence,
  { sharesCode, otherMembers }: HouseholdEvidence,
  weighMember: (evidence: PairEvidence) => number | null,
): number {
  const { nameSimilarity } = evidence;
  if (nameSimilarity !== null && nameSimilarity < CALIBRATION.householdCountsFrom) return 0;
  if (isTwinLike(evidence)) return 0;
  const alike = otherMembers.filter(
    ({ evidence: ofMember }) =>
      ofMember.sharedIdentifiers.length > 0 ||
      (weighMember(ofMember) ?? Number.NEGATIVE_INFINITY) >= CALIBRATION.memberCountsFrom,
  ).length;
  return (
    (sharesCode ? CALIBRATION.householdCode : 0) +
    Math.min(alike, CALIBRATION.mostMembers) * CALIBRATION.householdMember
  );
}
