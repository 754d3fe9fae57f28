import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { JsonObject } from './json-object.ts';
import type { CanonicalOperation } from './planning/canonical-operation.ts';
import { refusal } from './refusal.ts';

/** The values with their defaults; throws a `GraphQLError` with `BAD_USER_INPUT` for those that do not fit. */
export function coerceVariables(
  clientSchema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (variableDefinitions.length === 0) return given;
  const { errors, coerced } = getVariableValues(clientSchema, variableDefinitions, given, {
    maxErrors: 1,
  });
  const [error] = errors ?? [];
  if (error) throw refusal(withoutQuotedValues(error.message), 'BAD_USER_INPUT');
  return coerced ?? {};
}

/** What the calls to subgraphs may hold: what the client gave, by the names that the plan has, and what decides of steps. */
export function sentVariables(
  { variableNames }: CanonicalOperation,
  given: Readonly<Record<string, unknown>>,
  coerced: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const sent: JsonObject = {};
  for (const [name, called] of variableNames) {
    if (Object.hasOwn(given, name)) sent[called] = given[name];
    else if (Object.hasOwn(coerced, name)) sent[called] = coerced[name];
  }
  return sent;
}
