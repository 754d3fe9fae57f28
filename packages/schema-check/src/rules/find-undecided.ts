import { roles } from '@tavolo/access-model';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import type { FieldDecision } from '../reading/read-decisions.ts';
import { roleAccess } from '../reading/role-access.ts';
import { whereOf } from './where-of.ts';

/** Every field of the graph without an access decision, without an owner, or that nobody could ever read. */
export function findUndecided(judged: Judged): Finding[] {
  return (judged.graph?.decisions ?? []).flatMap((decision) =>
    codesOf(decision).map((code) => createFinding(code, whereOf(judged, decision.coordinate))),
  );
}

function codesOf(decision: FieldDecision) {
  if (!decision.isDecided) return ['ACCESS_UNDECIDED'] as const;
  const isReadable = roles.some((role) => roleAccess(role, decision) === 'ALLOWED');
  return [
    ...(decision.owners.length === 0 ? (['OWNER_MISSING'] as const) : []),
    ...(isReadable ? [] : (['ACCESS_IMPOSSIBLE'] as const)),
  ];
}
