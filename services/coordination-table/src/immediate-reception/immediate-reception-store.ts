/** The terms of protocol P1 in force from a day on. */
export interface RuleRow {
  readonly version: number;
  /** Days as YYYY-MM-DD. */
  readonly adoptedOn: string;
  readonly validFrom: string;
  readonly acceptanceHours: number | null;
  readonly firstInterventionHours: number;
  readonly firstInterventionFrom: 'RECEPTION_START' | 'DESK_CONTACT';
  readonly maximumDays: number;
}

/** What P1 keeps of its own: its terms; the receptions are the reception centres'. */
export interface ImmediateReceptionStore {
  /** Every version, oldest first; never empty. */
  rules(): Promise<readonly RuleRow[]>;
}

/** The terms in force on a day; before the first version, the first. */
export function ruleOn(rules: readonly RuleRow[], day: string): RuleRow {
  const inForce = rules.findLast(({ validFrom }) => validFrom <= day) ?? rules[0];
  if (inForce === undefined) throw new Error('immediate reception has no terms; migrate again');
  return inForce;
}
