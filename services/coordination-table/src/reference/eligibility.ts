import { z } from 'zod';
import { day, emptyTime, endsAfterItBegins, timeOf } from './code-list.ts';
import { findOverlaps, isValidOn } from './validity.ts';

/** Legal positions that laws on the reception system speak of (categorie di beneficiari). */
export const beneficiaryGroups = [
  'ASYLUM_SEEKER',
  'VULNERABLE_ASYLUM_SEEKER',
  'PROTECTED_ENTRY_ASYLUM_SEEKER',
  'INTERNATIONAL_PROTECTION_HOLDER',
  'UNACCOMPANIED_MINOR',
  'CONTINUED_CARE',
  'HUMANITARIAN_PROTECTION_HOLDER',
  'SPECIAL_PROTECTION_HOLDER',
  'SPECIAL_CASES_HOLDER',
  'MEDICAL_CARE_HOLDER',
  'CALAMITY_HOLDER',
  'CIVIL_VALUE_HOLDER',
  'TEMPORARY_PROTECTION_HOLDER',
] as const;

export type BeneficiaryGroup = (typeof beneficiaryGroups)[number];

/** One file of `eligibility/`: who may enter the reception and integration system in a time. */
export const eligibilityRuleFile = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u),
    validFrom: day,
    validTo: day.nullable(),
    systemName: z.string().min(1),
    legalSource: z.string().min(1),
    summary: z.string().min(1).max(400),
    groups: z.array(
      z.strictObject({
        group: z.enum(beneficiaryGroups),
        answer: z.enum(['ELIGIBLE', 'ELIGIBLE_WITHIN_PLACES']),
        services: z.enum(['FULL', 'FIRST_LEVEL']),
        source: z.string().min(1),
      }),
    ),
  })
  .refine(endsAfterItBegins, emptyTime);

export type EligibilityRule = z.infer<typeof eligibilityRuleFile>;

export interface Eligibility {
  readonly on: string;
  readonly group: BeneficiaryGroup;
  readonly answer: 'ELIGIBLE' | 'ELIGIBLE_WITHIN_PLACES' | 'NOT_ELIGIBLE' | 'NO_RULE';
  readonly services: 'FULL' | 'FIRST_LEVEL' | null;
  readonly source: string | null;
  readonly rule: EligibilityRule | null;
}

/** Days with two rules, and groups that a rule names twice; `[]` when the rules are sound. */
export function eligibilityProblems(rules: readonly EligibilityRule[]): string[] {
  const overlaps = findOverlaps(rules).map(
    ([a, b]) =>
      `${a.id} ${timeOf(a)} and ${b.id} ${timeOf(b)} overlap; end one before the other begins`,
  );
  const twice = rules.flatMap(({ id, groups }) =>
    groups
      .filter(({ group }, index) => groups.findIndex((each) => each.group === group) !== index)
      .map(({ group }) => `${id} names ${group} twice`),
  );
  return [...overlaps, ...twice];
}

/** What the rule in force on `on` says of a group; a group it does not name is kept out. */
export function eligibilityOn(
  rules: readonly EligibilityRule[],
  on: string,
  group: BeneficiaryGroup,
): Eligibility {
  const rule = rules.find((each) => isValidOn(each, on)) ?? null;
  if (rule === null) {
    return { on, group, answer: 'NO_RULE', services: null, source: null, rule };
  }
  const letIn = rule.groups.find((each) => each.group === group);
  return letIn
    ? { on, group, answer: letIn.answer, services: letIn.services, source: letIn.source, rule }
    : { on, group, answer: 'NOT_ELIGIBLE', services: null, source: rule.legalSource, rule };
}
