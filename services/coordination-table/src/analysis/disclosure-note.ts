import type { AnalysisQuestion } from '@tavolo/analysis';
import { type DisclosureRules, disclosureRules, MAXIMUM_DIMENSIONS } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';

export interface RulesInForce {
  readonly rules: Partial<DisclosureRules>;
  readonly ownerThresholds: Readonly<Record<string, number>>;
}

/** How the figures of one table are protected, for whoever reads it. */
export function disclosureNote(
  fact: Fact,
  { groupBy, where }: AnalysisQuestion,
  { rules, ownerThresholds }: RulesInForce,
) {
  const { threshold, sensitiveThreshold } = disclosureRules.parse(rules);
  const owners = Math.max(0, ...fact.owners.map((owner) => ownerThresholds[owner] ?? 0));
  const used = new Set([...groupBy, ...Object.keys(where)]);
  return {
    threshold: Math.max(threshold, owners),
    sensitiveThreshold: Math.max(sensitiveThreshold, owners),
    maximumDimensions: MAXIMUM_DIMENSIONS,
    isSensitive:
      fact.isSensitive === true ||
      fact.dimensions.some(({ column, isSensitive }) => isSensitive && used.has(column)),
    method:
      'Cell-key method: each set of people has one figure however it is asked for, moved by a published table; figures of too few are withheld.',
  };
}
