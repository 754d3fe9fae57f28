import type { Partner } from '../partner.ts';

/** One thing that two records may have in common: a keyed encoding and what it encodes. */
export interface Evidence {
  readonly kind: string;
  readonly keyId: string;
  readonly mac: string;
}

export interface LinkableRecord {
  /** Unique among the records given; the deterministic order of matching. */
  readonly ref: string;
  readonly partner: Partner;
  readonly evidence: readonly Evidence[];
}

/** A record in a group and why it is there; null when it is there alone. */
export interface GroupMember {
  readonly ref: string;
  readonly rule: string | null;
}

/** A link that the evidence asked for and the one-record-per-institution rule refused. */
export interface MatchConflict {
  readonly refs: readonly [string, string];
  readonly rule: string;
}

export interface MatchOutcome {
  /** Every record given is in exactly one group. */
  readonly groups: readonly (readonly GroupMember[])[];
  readonly conflicts: readonly MatchConflict[];
}

/**
 * Decides which records are about the same person or household. It is given whole neighbourhoods (every
 * record that shares evidence with one given is given too) and must answer the same for the same records
 * in any order: that is what makes enrolment incremental.
 */
export interface Matcher {
  match(records: readonly LinkableRecord[]): MatchOutcome;
}
