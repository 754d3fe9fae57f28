import { roles } from '@tavolo/access-model';
import { readDecisions } from '../reading/read-decisions.ts';
import { roleAccess } from '../reading/role-access.ts';

/** Every field without an access decision, without an owner, or that nobody could ever read; and what to write. */
export function findUndecided(supergraphSdl: string): string[] {
  return readDecisions(supergraphSdl).flatMap((decision) => {
    const { coordinate, isDecided, owners } = decision;
    if (!isDecided) {
      return [
        `${coordinate} has no access decision: write @requiresScopes(scopes: [["figures:read"]]), or another scope, @policy or @authenticated, on it or on its type`,
      ];
    }
    const problems: string[] = [];
    if (owners.length === 0) {
      problems.push(
        `${coordinate} has no owner: write @owner(partner: "<the subgraph's name>") on it or on its type`,
      );
    }
    if (!roles.some((role) => roleAccess(role, decision) === 'ALLOWED')) {
      problems.push(
        `${coordinate} can be read by no role: what it, its type and what it returns ask for together, nobody has`,
      );
    }
    return problems;
  });
}
