import type { SensitiveCategory } from '@tavolo/access-model';
import type { FieldProblem } from '../refusal.ts';
import type { PersonalDataType, RiskAnalysis } from './risk-analysis.ts';

/** A question that is asked only after certain answers, as in PDND's form PA 3.1 (`dependencies`). */
interface Question {
  readonly field: keyof RiskAnalysis;
  readonly when: string;
  readonly isAsked: (form: RiskAnalysis) => boolean;
  /** A question that can only be answered with yes. */
  readonly isConfirmation?: true;
}

const personal = (form: RiskAnalysis) => form.usesPersonalData;
const ground = (form: RiskAnalysis) =>
  form.usesPersonalData && form.legalBasis.includes('PUBLIC_INTEREST')
    ? form.legalBasisPublicInterest
    : undefined;

const questions: readonly Question[] = [
  {
    field: 'legalObligationReference',
    when: 'legalBasis has LEGAL_OBLIGATION',
    isAsked: (form) => personal(form) && form.legalBasis.includes('LEGAL_OBLIGATION'),
  },
  {
    field: 'legalBasisPublicInterest',
    when: 'legalBasis has PUBLIC_INTEREST',
    isAsked: (form) => personal(form) && form.legalBasis.includes('PUBLIC_INTEREST'),
  },
  {
    field: 'ruleOfLawText',
    when: 'legalBasisPublicInterest is RULE_OF_LAW',
    isAsked: (form) => ground(form) === 'RULE_OF_LAW',
  },
  {
    field: 'administrativeActText',
    when: 'legalBasisPublicInterest is ADMINISTRATIVE_ACT',
    isAsked: (form) => ground(form) === 'ADMINISTRATIVE_ACT',
  },
  {
    field: 'publicInterestTaskText',
    when: 'legalBasisPublicInterest is PUBLIC_INTEREST_TASK',
    isAsked: (form) => ground(form) === 'PUBLIC_INTEREST_TASK',
  },
  {
    field: 'reasonPolicyNotProvided',
    when: 'policyProvided is false',
    isAsked: (form) => personal(form) && !form.policyProvided,
  },
  {
    field: 'policyProvidedMedium',
    when: 'policyProvided is true',
    isAsked: (form) => personal(form) && form.policyProvided,
  },
  {
    field: 'policyProvidedOnlineLink',
    when: 'policyProvidedMedium is ONLINE',
    isAsked: (form) =>
      personal(form) && form.policyProvided && form.policyProvidedMedium === 'ONLINE',
  },
  {
    field: 'priorConsultation',
    when: 'doneDpia is true',
    isAsked: (form) => personal(form) && form.doneDpia,
  },
  { field: 'dataRetentionPeriod', when: 'usesPersonalData is true', isAsked: personal },
  { field: 'purposePursuit', when: 'usesPersonalData is true', isAsked: personal },
  {
    field: 'checkedExistenceMereCorrectness',
    when: 'purposePursuit is MERE_CORRECTNESS',
    isAsked: (form) => personal(form) && form.purposePursuit === 'MERE_CORRECTNESS',
    isConfirmation: true,
  },
  {
    field: 'checkedAllDataNeeded',
    when: 'purposePursuit is NEW_PERSONAL_DATA',
    isAsked: (form) => personal(form) && form.purposePursuit === 'NEW_PERSONAL_DATA',
    isConfirmation: true,
  },
  {
    field: 'thirdPartiesRequestDataUsage',
    when: 'isRequestOnBehalfOfThirdParties is true',
    isAsked: (form) => form.isRequestOnBehalfOfThirdParties,
  },
];

/** The personal data a special category of the graph is, in the form's words. */
const typeOfCategory: Readonly<Record<SensitiveCategory, PersonalDataType>> = {
  HEALTH: 'GDPR_ART_9',
  VIOLENCE_TRAFFICKING: 'GDPR_ART_9',
  SEXUAL_LIFE_ORIENTATION: 'GDPR_ART_9',
  ETHNIC_RELIGION: 'GDPR_ART_9',
  JUDICIAL: 'GDPR_ART_10',
  MINOR: 'GDPR_ART_8',
};

/** Everything that is wrong with the answers, given the special categories the purpose declares; none = accepted. */
export function checkRiskAnalysis(
  form: RiskAnalysis,
  categories: readonly SensitiveCategory[],
): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, rule: string, message: string) => {
    problems.push({ field: `riskAnalysis.${field}`, rule, message });
  };
  for (const { field, when, isAsked, isConfirmation } of questions) {
    const answer = form[field];
    const isGiven = answer !== undefined;
    if (isAsked(form) && !isGiven) refuse(field, 'REQUIRED', `must be answered, for ${when}`);
    else if (!isAsked(form) && isGiven) {
      refuse(field, 'NOT_ASKED', `must be left out unless ${when}`);
    } else if (isGiven && isConfirmation === true && answer !== true) {
      refuse(field, 'MUST_CONFIRM', 'must be confirmed with true');
    }
  }
  checkSelections(form, refuse);
  if (form.usesPersonalData) checkPersonalData(form, refuse);
  else checkNoPersonalData(form, refuse);
  for (const category of categories) {
    if (form.personalDataTypes.includes(typeOfCategory[category])) continue;
    const type = typeOfCategory[category];
    refuse(
      'personalDataTypes',
      'INCONSISTENT',
      `must have ${type}, for categories has ${category}`,
    );
  }
  return problems;
}

type Refuse = (field: string, rule: string, message: string) => void;

function checkSelections(form: RiskAnalysis, refuse: Refuse): void {
  // PDND PA 3.1, `hideOption`: for special categories art. 2-sexies wants a law, a regulation or a general act.
  if (
    form.legalBasisPublicInterest === 'PUBLIC_INTEREST_TASK' &&
    form.personalDataTypes.includes('GDPR_ART_9')
  ) {
    refuse(
      'legalBasisPublicInterest',
      'NOT_SELECTABLE',
      'must be RULE_OF_LAW or ADMINISTRATIVE_ACT, for personalDataTypes has GDPR_ART_9',
    );
  }
  if (
    form.deliveryMethod !== 'CLEARTEXT' &&
    form.personalDataTypes.includes('WITH_IDENTIFYING_DATA')
  ) {
    refuse(
      'deliveryMethod',
      'INCONSISTENT',
      'must be CLEARTEXT, for personalDataTypes has WITH_IDENTIFYING_DATA',
    );
  }
}

function checkPersonalData(form: RiskAnalysis, refuse: Refuse): void {
  for (const field of ['personalDataTypes', 'legalBasis', 'dataSubjects'] as const) {
    if (form[field].length === 0) refuse(field, 'REQUIRED', 'must name at least one');
  }
  for (const field of ['confirmIntegrityAndConfidentiality', 'declarationConfirmGDPR'] as const) {
    if (!form[field]) refuse(field, 'MUST_CONFIRM', 'must be confirmed with true');
  }
  if (form.personalDataTypes.includes('GDPR_ART_10') && form.dataProtectionMeasures === undefined) {
    refuse(
      'dataProtectionMeasures',
      'REQUIRED',
      'must be answered, for personalDataTypes has GDPR_ART_10',
    );
  }
}

function checkNoPersonalData(form: RiskAnalysis, refuse: Refuse): void {
  for (const field of ['personalDataTypes', 'legalBasis', 'dataSubjects'] as const) {
    if (form[field].length > 0) {
      refuse(field, 'NOT_ASKED', 'must be empty unless usesPersonalData is true');
    }
  }
  // What is about nobody cannot be about somebody in clear or under a pseudonym.
  if (form.deliveryMethod === 'CLEARTEXT' || form.deliveryMethod === 'PSEUDOANONYMOUS') {
    refuse(
      'deliveryMethod',
      'INCONSISTENT',
      'must be AGGREGATE or ANONYMOUS, for usesPersonalData is false',
    );
  }
}
