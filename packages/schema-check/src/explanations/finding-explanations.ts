import { betweenSubgraphs } from './between-subgraphs.ts';
import { contractRefusals } from './contract-refusals.ts';
import type { Explanation } from './explanation.ts';
import { federationDirectives } from './federation-directives.ts';
import { houseRules } from './house-rules.ts';
import { schemaHeads } from './schema-heads.ts';

const known = {
  ...houseRules,
  ...betweenSubgraphs,
  ...federationDirectives,
  ...schemaHeads,
  ...contractRefusals,
};
export type FindingCode = keyof typeof known;

/** Every code a check can answer with, what it means and what to do; `tavolo explain CODE` shows it. */
export const findingExplanations: Readonly<Record<string, Explanation>> = known;

/** Whether a code, another program's perhaps, is one of those explained here. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(known, code);
}
