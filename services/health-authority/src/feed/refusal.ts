import { type HealthFact, type HealthFactCandidate, healthFact } from '../store/health-fact.ts';
import type { FeedProblem } from '../store/health-feed-store.ts';

/** A message or resource that cannot be taken in; the message names the rule, never the value. */
export class Refusal extends Error {
  readonly field: string | null;
  /** The message is no business of ours at all (HL7 AR), not one of ours with a fault (AE). */
  readonly isForeign: boolean;

  constructor({ field, reason }: FeedProblem, isForeign = false) {
    super(reason);
    this.name = 'Refusal';
    this.field = field;
    this.isForeign = isForeign;
  }
}

/** Checks a fact as read from a source; `fieldOf` names the source's field behind each of its members. */
export function requireFact(
  candidate: HealthFactCandidate,
  fieldOf: Readonly<Record<string, string>>,
): HealthFact {
  const result = healthFact.safeParse(candidate);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const member = String(issue?.path[0] ?? '');
  throw new Refusal({
    field: fieldOf[member] ?? member,
    // Our schemas carry their own messages; where one does not, zod's could quote the value.
    reason: issue && ourRules.test(issue.message) ? issue.message : 'is not allowed',
  });
}

const ourRules = /^(is|has) [a-z0-9 .-]+$/i;
