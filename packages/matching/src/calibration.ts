import type { Agreement, DateAgreement } from './pair-evidence.ts';

/**
 * Weights of evidence, set from a labelled sample: invented provinces of several error models (see
 * `npm run bench:linkage -- --calibrate`, which prints this table). Natural logarithms of likelihood ratios; the sizes
 * of the registers come in as the prior, so they hold for a village and for a region.
 */
export interface Calibration {
  /** Name similarity at which the first step begins. */
  readonly firstStep: number;
  readonly stepWidth: number;
  /** Weight for each step of name similarity, by how far the birth dates agree. */
  readonly names: Readonly<Record<DateAgreement, readonly number[]>>;
  /** In place of `names.SAME` when one name is equal and the other is not. */
  readonly oneNameShared: readonly number[];
  /** Similarity under which one equal name makes two people born on one day look like twins. */
  readonly twinsBelow: number;
  readonly sex: Readonly<Record<Agreement, number>>;
  readonly citizenship: Readonly<Record<Agreement, number>>;
  readonly mostForOneWord: number;
  readonly householdCode: number;
  readonly householdMember: number;
  readonly mostMembers: number;
  /** Weight from which another member of the household counts as the same person. */
  readonly memberCountsFrom: number;
}

export const CALIBRATION: Calibration = {
  firstStep: 0.45,
  stepWidth: 0.05,
  names: {
    SAME: [13.5, 14.1, 14.2, 14.2, 14.2, 14.2, 14.2, 15.8, 15.8, 15.8, 15.8],
    DAY_AND_MONTH_SWAPPED: [5.8, 8.3, 10.1, 10.1, 11.8, 11.9, 12.5, 12.7, 12.7, 12.7, 14.3],
    SAME_MONTH: [6.9, 6.9, 7.4, 7.4, 8.1, 8.9, 9.6, 10.5, 11.9, 11.9, 14.2],
    SAME_YEAR: [6.9, 6.9, 7.4, 7.4, 8.1, 8.9, 9.6, 10.5, 11.9, 11.9, 14.2],
    OTHER_YEAR: [5.3, 6.3, 7.1, 7.7, 7.8, 8.7, 9.3, 11.5, 11.7, 13.1, 14.2],
    SAME_ESTIMATED_YEAR: [7, 7.7, 8, 8.4, 9.4, 10.2, 11.6, 12.6, 14.2, 14.2, 14.2],
    NEXT_ESTIMATED_YEAR: [4.8, 5.3, 6.8, 7.1, 7.1, 7.5, 9.7, 12.6, 12.6, 12.6, 14.5],
    ESTIMATED_AND_SAME_YEAR: [1.3, 1.3, 1.3, 1.3, 1.4, 1.5, 3.9, 3.9, 5.2, 5.2, 6.2],
  },
  oneNameShared: [8.1, 9.1, 10.2, 11.6, 13, 13, 13, 13, 13, 13, 13],
  twinsBelow: 0.75,
  sex: { AGREES: 0, DIFFERS: -3.9, UNKNOWN: -0.2 },
  citizenship: { AGREES: 0, DIFFERS: -5.1, UNKNOWN: -1 },
  mostForOneWord: 9,
  householdCode: 4,
  householdMember: 3,
  mostMembers: 2,
  memberCountsFrom: 9,
};
