import { HubError } from '@tavolo/subgraph-kit';
import type { z } from 'zod';

/** What a mutation was asked with, checked; refused with every field and its rule, never a value. */
export function readInput<Shape>(shape: z.ZodType<Shape>, input: unknown): Shape {
  const read = shape.safeParse(input);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${['input', ...path].map(String).join('.')} ${message}`,
  );
  throw new HubError('BAD_USER_INPUT', [...new Set(problems)].join('; '));
}
