import type { PurposeState, Role, Scope } from '@tavolo/access-model';
import type { GraphQLSchema } from 'graphql';
import type { CompiledOperation } from '../operation/compile-operation.ts';
import { narrowSchema } from '../supergraph/read-client-schema.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import type { AnyOf, FieldRule } from './read-access-rules.ts';

/** What decides which fields somebody may read, beside the purpose itself. */
export interface Grant {
  readonly purpose: PurposeState;
  readonly roles: readonly Role[];
  readonly scopes: readonly Scope[];
}

/** The part of one supergraph version that one kind of caller may read for one purpose. */
export interface AccessView {
  /** The first coordinate that refuses the operation, or `undefined` when it may be run. */
  refuses(operation: CompiledOperation): string | undefined;
  /** Why a coordinate is refused, in words that tell no more than the purpose's own list does. */
  why(coordinate: string): string;
  /** The graph as this caller sees it; `undefined` when nothing of it is left. */
  schema(): GraphQLSchema | undefined;
}

/** Compiles the view once; a decision afterwards is a comparison of sets. */
export function createAccessView(supergraph: Supergraph, grant: Grant): AccessView {
  const { rules, clientSchema } = supergraph;
  const listed = new Set(grant.purpose.coordinates);
  const allowed = new Set(
    [...listed].filter((coordinate) => {
      const rule = rules.byCoordinate.get(coordinate);
      return (
        rule !== undefined &&
        isInSchema(clientSchema, coordinate) &&
        !rules.undecided.includes(coordinate) &&
        missingOf(rule, grant) === undefined
      );
    }),
  );
  const allowedTypes = new Set([...allowed].map((coordinate) => typeOf(coordinate)));
  for (const name of [...allowedTypes]) {
    const type = clientSchema.getType(name);
    // What a readable type implements may be named in a fragment.
    if (type && 'getInterfaces' in type)
      for (const each of type.getInterfaces()) allowedTypes.add(each.name);
  }
  const decisions = new WeakMap<CompiledOperation, { readonly refused: string | undefined }>();
  let schema: GraphQLSchema | undefined;

  return {
    refuses(operation) {
      const known = decisions.get(operation);
      if (known) return known.refused;
      const refused =
        operation.coordinates.find((coordinate) => !allowed.has(coordinate)) ??
        operation.typeConditions.find(
          (name) => !allowedTypes.has(name) && !isAbstractOver(clientSchema, name, allowedTypes),
        );
      decisions.set(operation, { refused });
      return refused;
    },
    why(coordinate) {
      const rule = listed.has(coordinate) ? rules.byCoordinate.get(coordinate) : undefined;
      const missing = rule && missingOf(rule, grant);
      return missing === undefined
        ? `The purpose ${grant.purpose.id} does not read ${coordinate}, or the graph has no such field`
        : `The purpose ${grant.purpose.id} lists ${coordinate}, but ${missing}`;
    },
    schema() {
      if (allowed.size === 0) return undefined;
      schema ??= narrowSchema(clientSchema, allowed);
      return schema.getQueryType() ? schema : undefined;
    },
  };
}

/** What a rule asks and the grant does not have, in words; `undefined` when nothing is missing. */
function missingOf(rule: FieldRule, { purpose, roles, scopes }: Grant): string | undefined {
  const policies = roles.map((role) => `role:${role}`);
  const scope = rule.scopes.find((anyOf) => !isMet(anyOf, scopes));
  if (scope)
    return `it needs the scope ${inWords(scope)}, which the token or its roles do not give`;
  const policy = rule.policies.find((anyOf) => !isMet(anyOf, policies));
  if (policy) return `it is for ${inWords(policy)} only`;
  for (const { category, owners } of rule.categories) {
    if (!purpose.categories.some((declared) => declared === category)) {
      return `it tells ${category}, which the purpose does not declare`;
    }
    const without = owners.find(
      (owner) => owner !== 'hub' && !purpose.grants[owner]?.some((granted) => granted === category),
    );
    if (without !== undefined) return `${without} has not granted ${category} to it`;
  }
  return undefined;
}

function isMet(anyOf: AnyOf, given: readonly string[]): boolean {
  return anyOf.some((allOf) => allOf.every((name) => given.includes(name)));
}

function inWords(anyOf: AnyOf): string {
  return anyOf.map((allOf) => allOf.join(' and ')).join(', or ');
}

function typeOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}

function isInSchema(schema: GraphQLSchema, coordinate: string): boolean {
  const type = schema.getType(typeOf(coordinate));
  return (
    type !== undefined &&
    'getFields' in type &&
    coordinate.slice(coordinate.indexOf('.') + 1) in type.getFields()
  );
}

function isAbstractOver(
  schema: GraphQLSchema,
  name: string,
  allowedTypes: ReadonlySet<string>,
): boolean {
  const type = schema.getType(name);
  if (!type || !('resolveType' in type)) return false;
  return schema.getPossibleTypes(type).some((possible) => allowedTypes.has(possible.name));
}
