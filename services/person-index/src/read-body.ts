import type { z } from 'zod';
import { Refusal } from './refusal.ts';

/** What a request must look like, or a refusal that names fields and rules, never a value. */
export function readBody<S extends z.ZodType>(shape: S, value: unknown): z.infer<S> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.slice(0, 10).map(describeIssue);
  throw new Refusal('BAD_USER_INPUT', reasons.join('; '));
}

/** Names the field and the rule; an unknown field's own name may be a person's, so it is not repeated. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'body' : issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${place}: has unknown fields`;
    case 'invalid_value':
      return `${place}: must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return `${place}: ${issue.message}`;
  }
}
