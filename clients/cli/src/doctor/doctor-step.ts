/** What a look showed: `NOTE` is right for some hubs and wrong for others, and stops nothing. */
export interface Finding {
  readonly outcome: 'GOOD' | 'NOTE' | 'WRONG';
  readonly finding: string;
  /** What to do; null = nothing. */
  readonly advice: string | null;
}

/** One thing that must be right before somebody can connect. */
export interface DoctorStep {
  readonly code: string;
  readonly title: string;
  /** Codes of steps without which a look would say nothing. */
  readonly needs: readonly string[];
  readonly look: () => Promise<Finding | NotTried>;
}

/** Something a step would need was not given. */
export interface NotTried {
  readonly outcome: 'NOT_TRIED';
  readonly finding: string;
  readonly advice: string | null;
}

/** A step as it is told. */
export interface LookedStep {
  readonly code: string;
  readonly title: string;
  readonly outcome: Finding['outcome'] | NotTried['outcome'];
  readonly finding: string;
  readonly advice: string | null;
}

export interface DoctorReport {
  readonly verdict: 'ALL_GOOD' | 'SOMETHING_IS_WRONG';
  readonly steps: readonly LookedStep[];
}

export const good = (finding: string): Finding => ({ outcome: 'GOOD', finding, advice: null });
export const note = (finding: string, advice: string): Finding => ({
  outcome: 'NOTE',
  finding,
  advice,
});
export const wrong = (finding: string, advice: string): Finding => ({
  outcome: 'WRONG',
  finding,
  advice,
});
export const notTried = (finding: string, advice: string | null = null): NotTried => ({
  outcome: 'NOT_TRIED',
  finding,
  advice,
});
