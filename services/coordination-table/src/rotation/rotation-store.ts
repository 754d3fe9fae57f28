import type {
  DomicileRuleKind,
  DomicileSkipReason,
  DomicileTurnState,
} from '../generated/resolver-types.ts';

/** A municipality that takes part in the rotation; `share` of all taking part sums up to 1. */
export interface WeightedMunicipality {
  readonly istatCode: string;
  readonly population: number;
  readonly share: number;
}

/** The rule of the rotation in force from a day on. */
export interface DomicileRuleRow {
  readonly version: number;
  readonly kind: DomicileRuleKind;
  /** Days as YYYY-MM-DD. */
  readonly adoptedOn: string;
  readonly validFrom: string;
  readonly answerDays: number;
  /** In the order of their codes. */
  readonly municipalities: readonly WeightedMunicipality[];
  /** Municipalities of the rule before that others follow. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
}

/** One offer of a turn. */
export interface TurnRow {
  readonly id: string;
  readonly year: number;
  readonly position: number;
  readonly istatCode: string;
  readonly state: DomicileTurnState;
  readonly skipReason: DomicileSkipReason | null;
  readonly requestCode: string | null;
  readonly ruleVersion: number;
  /** Moments as RFC 3339. */
  readonly offeredAt: string;
  readonly dueOn: string;
  readonly acceptedAt: string | null;
  readonly skippedAt: string | null;
  readonly usedFrom: string | null;
  readonly usedTo: string | null;
}

/** How often a municipality had its turn under one rule in one year. */
export interface TurnCount {
  readonly ruleVersion: number;
  readonly year: number;
  readonly istatCode: string;
  /** Offered and not skipped, accepted or used. */
  readonly taken: number;
  readonly skipped: number;
}

/** The position that is to be given next, and who passed it on already. */
export interface OpenPosition {
  readonly position: number;
  /** Kept from the offer that was skipped. */
  readonly requestCode: string | null;
  /** How often each municipality skipped this very position by a reason of its own. */
  readonly passedBy: ReadonlyMap<string, number>;
  /** Later positions that are given already. */
  readonly givenAfter: ReadonlySet<number>;
}

export interface OutsideRotationRow {
  readonly id: string;
  readonly istatCode: string;
  readonly on: string;
}

/** What the rotation keeps; changes are made through the change log only. */
export interface RotationStore {
  /** Oldest first. */
  rules(): Promise<readonly DomicileRuleRow[]>;
  /** Of all years up to `year`. */
  counts(year: number): Promise<readonly TurnCount[]>;
  openPosition(year: number): Promise<OpenPosition>;
  /** Newest first; of these municipalities only, null = all. */
  turns(year: number, istatCodes: readonly string[] | null, first: number): Promise<TurnRow[]>;
  outsideRotation(year: number): Promise<number>;
  /** ISTAT codes of the municipalities with a domicile in use at any time of the year, sorted. */
  municipalitiesWithDomicile(year: number): Promise<readonly string[]>;
}

/** The rule in force on a day; null before the first. */
export function ruleOn(rules: readonly DomicileRuleRow[], day: string): DomicileRuleRow | null {
  return rules.findLast(({ validFrom }) => validFrom <= day) ?? null;
}
