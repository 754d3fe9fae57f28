import type { PurposeState, Role, Scope } from '@tavolo/access-model';
import type { Grant } from '../access/access-view.ts';
import { testPurpose } from './hub-graph.ts';

/** What an analyst may who has the scope of figures, unless told otherwise. */
export function createGrant(
  more: Partial<Pick<PurposeState, 'coordinates' | 'categories' | 'grants'>> & {
    readonly roles?: readonly Role[];
    readonly scopes?: readonly Scope[];
  },
): Grant {
  const { roles = ['analyst'], scopes = ['figures:read'], ...purpose } = more;
  return { purpose: testPurpose('granted', purpose), roles, scopes };
}
