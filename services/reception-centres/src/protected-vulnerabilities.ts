import type { VulnerabilityCategory } from './generated/resolver-types.ts';

/** People who may be looked for by those they fled from: no list leads to them, here or at the person index. */
export const protectedVulnerabilities: readonly VulnerabilityCategory[] = [
  'TRAFFICKING_VICTIM',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
];
