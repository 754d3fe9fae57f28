import type { LoggedOperation } from './operation-log.ts';

export interface QuestionSplit {
  /** Time in which the gateway could only wait for a subgraph. */
  readonly subgraphsMs: number;
  /** The rest: reading, validating, planning, merging, writing. */
  readonly gatewayMs: number;
}

/**
 * Splits the table's question along the longest road of its plan: facilities, then person index followed by
 * cases and tutors, beside the entries, then the health contacts. A call's time is what the gateway saw, so
 * it has in it what the gateway needed to notice the answer.
 */
export function splitTableQuestion({ ms, calls }: LoggedOperation): QuestionSplit {
  const times = (subgraph: string) =>
    calls.filter((call) => call.subgraph === subgraph).map((call) => call.ms);
  const [facilities = 0, entries = 0] = times('reception-centres');
  const [people = 0] = times('person-index');
  const [cases = 0] = times('social-services');
  const [tutors = 0] = times('volunteer-registry');
  const [contacts = 0] = times('health-authority');
  const subgraphsMs = facilities + Math.max(people + Math.max(cases, tutors), entries) + contacts;
  return { subgraphsMs, gatewayMs: Math.max(0, ms - subgraphsMs) };
}
