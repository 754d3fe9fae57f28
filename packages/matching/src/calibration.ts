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
  /** Name similarity from which the household speaks for a pair: brothers and sisters share it too. */
  readonly householdCountsFrom: number;
  /** Share of a register's people whom another register knows too. */
  readonly expectedOverlap: number;
  /** Share of a register's records that are not linked yet when names are compared. */
  readonly openShare: number;
}

export const CALIBRATION: Calibration = {
  firstStep: 0.45,
  stepWidth: 0.05,
  names: {
    SAME: [11.6, 13.4, 14.7, 14.7, 14.7, 14.7, 16.2, 16.6, 17.5, 17.5, 18],
    DAY_AND_MONTH_SWAPPED: [8.9, 8.9, 8.9, 8.9, 8.9, 8.9, 10.4, 11.5, 11.8, 13.3, 16.3],
    SAME_MONTH: [6, 6.3, 6.8, 7.2, 8, 8.2, 9.7, 10.9, 11.9, 13, 13],
    SAME_YEAR: [3.2, 3.2, 3.2, 3.2, 3.2, 3.6, 4.6, 5.3, 5.3, 5.3, 5.3],
    OTHER_YEAR: [5.5, 6, 6.8, 7.1, 7.5, 8.4, 9.9, 11.2, 12, 12, 12.3],
    SAME_ESTIMATED_YEAR: [6.4, 6.8, 7.6, 8.3, 8.8, 9.6, 10.7, 12.3, 13.4, 14.2, 14.2],
    NEXT_ESTIMATED_YEAR: [3.6, 4.5, 4.8, 5.6, 6, 6.9, 8.2, 9.5, 10.6, 11, 11],
  },
  oneNameShared: [7.4, 8.4, 11.1, 12.8, 13.6, 14.2, 14.2, 14.2, 14.2, 14.2, 14.2],
  twinsBelow: 0.75,
  sex: { AGREES: 0, DIFFERS: -3.9, UNKNOWN: -0.2 },
  citizenship: { AGREES: 0, DIFFERS: -5.1, UNKNOWN: -1 },
  mostForOneWord: 9,
  householdCode: 6,
  householdMember: 4,
  mostMembers: 2,
  memberCountsFrom: 9,
  householdCountsFrom: 0.6,
  expectedOverlap: 0.5,
  openShare: 0.25,
};
