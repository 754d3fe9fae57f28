import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../refusal.ts';

const mostProblems = 50;

/** Reads a part of a request by its shape, or refuses it naming fields and rules, never a value. */
export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (value: unknown) => {
    const result = schema.safeParse(value);
    if (result.success) return { value: result.data };
    const problems = result.error.issues.slice(0, mostProblems).map((issue) => ({
      field: issue.path.map(String).join('.') || 'body',
      rule: issue.code.toUpperCase(),
      message: describe(issue),
    }));
    return { error: new Refusal('INVALID', 'The request has another form', problems) };
  };
};

/** An unknown field's own name is not repeated: it may be a person's. */
function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'has unknown fields';
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}
