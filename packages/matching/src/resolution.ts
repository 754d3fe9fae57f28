import type { PersonPair } from './people-graph.ts';

/** A pair with what its evidence weighs: see `weighAttributes` and `weighHousehold`. */
export interface WeighedPair extends PersonPair {
  /** Of names, dates, sex and citizenship; null = not compared. */
  readonly attributes: number | null;
  readonly household: number;
}

/** What a reviewer decided about two records; it outlives every new calculation. */
export interface Decision {
  readonly refs: readonly [string, string];
  readonly verdict: 'SAME_PERSON' | 'TWO_PEOPLE';
}

/** Which kind of evidence made a link; CARRIED = made before one of the two changed its linkage key. */
export type Stage = 'REVIEWER' | 'CARRIED' | 'IDENTIFIER' | 'SKELETON' | 'FILTER' | 'HOUSEHOLD';

/** A link made under a linkage key that one of the two no longer uses; nothing new can be said about it. */
export interface CarriedLink {
  readonly refs: readonly [string, string];
  readonly score: number;
}

/** Why two records are one person. */
export interface Link {
  readonly refs: readonly [string, string];
  readonly stage: Stage;
  /** Kind of identifier or skeleton key, where the stage has one. */
  readonly rule: string;
  /** Probability, 0 to 1. */
  readonly score: number;
}

/** A pair that is neither surely one person nor surely two. */
export interface Doubt {
  readonly refs: readonly [string, string];
  readonly score: number;
  readonly reason: 'UNSURE' | 'CONTRADICTION' | 'IDENTIFIER_ALONE';
}

export interface Resolution {
  /** Every record given is in exactly one group. */
  readonly groups: readonly (readonly string[])[];
  readonly links: readonly Link[];
  readonly doubts: readonly Doubt[];
}

export interface Thresholds {
  /** Probability from which two records are linked without anybody looking. */
  readonly link: number;
  /** Probability from which somebody should look. */
  readonly review: number;
}

export interface ResolveOptions {
  readonly thresholds: Thresholds;
  readonly decisions: readonly Decision[];
  readonly carried: readonly CarriedLink[];
  /** Logarithm of the odds that two records drawn from two institutions are one person. */
  readonly priorOf: (a: string, b: string) => number;
  /** Stages that may link; the others only count. For measuring what each adds. */
  readonly stages?: ReadonlySet<Stage>;
}
