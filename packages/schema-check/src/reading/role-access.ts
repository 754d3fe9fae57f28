import { type Role, roleScopes } from '@tavolo/access-model';
import { meets } from './any-of.ts';
import type { FieldDecision } from './read-decisions.ts';

/** What the schema says to somebody who has one role and nothing else. */
export type RoleAccess = 'ALLOWED' | 'REFUSED_BY_SCOPE' | 'REFUSED_BY_POLICY' | 'UNDECIDED';

/** The policy names the gate understands: `role:<role>`. */
export const rolePolicy = (role: Role) => `role:${role}`;

/** What one role may do with one field, before purpose, district and partner narrow it. */
export function roleAccess(role: Role, decision: FieldDecision): RoleAccess {
  if (!decision.isDecided) return 'UNDECIDED';
  if (!meets(roleScopes[role], decision.scopes)) return 'REFUSED_BY_SCOPE';
  return meets([rolePolicy(role)], decision.policies) ? 'ALLOWED' : 'REFUSED_BY_POLICY';
}
