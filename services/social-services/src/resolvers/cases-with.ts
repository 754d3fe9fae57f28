import type { CaseStatus } from '../generated/resolver-types.ts';
import type { SocialCaseRow } from '../store/social-services-store.ts';

/** Most rows below a person, a household or a case. */
export const longestList = 100;

/** The first cases in a state, or in any. */
export function casesWith(
  cases: readonly SocialCaseRow[],
  status: CaseStatus | null | undefined,
  size: number,
): SocialCaseRow[] {
  return cases.filter((row) => status == null || row.status === status).slice(0, size);
}
