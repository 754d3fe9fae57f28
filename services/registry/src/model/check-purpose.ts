import { type DistrictScope, roleScopes, rolesWithFreeDocuments } from '@tavolo/access-model';
import type { FieldProblem } from '../refusal.ts';
import { checkRiskAnalysis } from './check-risk-analysis.ts';
import type { PurposeContent } from './purpose.ts';

/** A purpose is looked at anew at least this often. */
const longestValidityMs = 3 * 366 * 24 * 60 * 60 * 1000;

/** Everything that contradicts itself in a purpose of a consumer with these districts; none = accepted. */
export function checkPurpose(
  content: PurposeContent,
  consumerDistricts: DistrictScope,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const refuse = (field: string, rule: string, message: string) => {
    problems.push({ field, rule, message });
  };
  const lasts = Date.parse(content.validUntil) - Date.parse(content.validFrom);
  if (lasts <= 0) refuse('validUntil', 'ORDER', 'must be after validFrom');
  if (lasts > longestValidityMs) refuse('validUntil', 'TOO_LONG', 'must be within three years');
  content.roles.forEach((role, place) => {
    if (roleScopes[role].length > 0) return;
    refuse(
      `roles.${place}`,
      'NOT_SELECTABLE',
      `must be a role that reads data; ${role} reads none`,
    );
  });
  if (
    content.documents === 'FREE' &&
    !content.roles.some((role) => rolesWithFreeDocuments.has(role))
  ) {
    refuse('documents', 'NOT_SELECTABLE', 'must be TRUSTED: none of the roles may write documents');
  }
  if (
    consumerDistricts !== null &&
    (content.districts === null ||
      content.districts.some((district) => !consumerDistricts.includes(district)))
  ) {
    refuse('districts', 'INCONSISTENT', "must lie within the consumer's districts");
  }
  // The table and the analysts see figures; whoever needs people has a purpose of case work.
  const { deliveryMethod } = content.riskAnalysis;
  if (
    (content.class === 'ANALYSIS' || content.class === 'DASHBOARD') &&
    deliveryMethod === 'CLEARTEXT'
  ) {
    refuse(
      'riskAnalysis.deliveryMethod',
      'INCONSISTENT',
      `must not be CLEARTEXT, for the class is ${content.class}`,
    );
  }
  return [...problems, ...checkRiskAnalysis(content.riskAnalysis, content.categories)];
}
