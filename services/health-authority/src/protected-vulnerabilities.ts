import type { VulnerabilityCategory } from './store/health-rows.ts';

/** People who may be looked for by those they fled from; the person index must not list or find them. */
export const protectedVulnerabilities: readonly VulnerabilityCategory[] = [
  'TRAFFICKING_VICTIM',
  'TORTURE_RAPE_SERIOUS_VIOLENCE',
  'FGM_VICTIM',
];
