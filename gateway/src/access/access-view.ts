import { type PurposeState, type Role, type Scope, sharedOwner } from '@tavolo/access-model';
import type { GraphQLSchema } from 'graphql';
import type { CompiledOperation } from '../operation/compile-operation.ts';
import { type CostNode, narrowCost } from '../operation/cost.ts';
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
  /** What the estimate goes by: of a refused operation the part that could be read, so that no figure tells of more. */
  costOf(operation: CompiledOperation): CostNode;
  /** Why a coordinate is refused, in words that tell no more than the purpose's own list does. */
  why(coordinate: string): string;
  /** The graph as this caller sees it; `undefined` when nothing of it is left. */
  schema(): GraphQLSchema | undefined;
}

interface Decision {
  readonly refused: string | undefined;
  readonly cost: CostNode;
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
  const decisions = new WeakMap<CompiledOperation, Decision>();
  let schema: GraphQLSchema | undefined;

  function decide(operation: CompiledOperation): Decision {
    const known = decisions.get(operation);
    if (known) return known;
    const refused =
      operation.coordinates.find((coordinate) => !allowed.has(coordinate)) ??
      // An interface or a union is there when something under it is: the narrow schema knows.
      operation.typeConditions.find(
        (name) => !allowedTypes.has(name) && !view.schema()?.getType(name),
      );
    const cost =
      refused === undefined
        ? operation.cost
        : narrowCost(operation.cost, (coordinate) => allowed.has(coordinate));
    const decision = { refused, cost };
    decisions.set(operation, decision);
    return decision;
  }

  const view: AccessView = {
    refuses: (operation) => decide(operation).refused,
    costOf: (operation) => decide(operation).cost,
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
  return view;
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
      (owner) =>
        owner !== sharedOwner && !purpose.grants[owner]?.some((granted) => granted === category),
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
