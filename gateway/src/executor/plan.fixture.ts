import {
  type FetchDataRewrite,
  type FetchNode,
  type PlanNode,
  trimSelectionNodes,
} from '@apollo/query-planner';
import { Kind, OperationTypeNode, parse, type SelectionSetNode } from 'graphql';
import { readSupergraph } from '../supergraph/read-supergraph.ts';
import type { GraphFacts } from './planning/compile-fetch.ts';
import { type CompiledPlan, compilePlan } from './planning/compile-plan.ts';
import { readGraphFacts } from './planning/read-graph-facts.ts';

/** Plans written as the planner writes them, for tests that need one no planner would make of a small graph. */
export function factsOf(supergraphSdl: string): GraphFacts {
  return readGraphFacts(readSupergraph(supergraphSdl, {}, 'warn')).facts;
}

export function planOf(facts: GraphFacts, node: PlanNode | undefined): CompiledPlan {
  return compilePlan({ kind: 'QueryPlan', ...(node ? { node } : {}) }, facts);
}

/** Asks the root: `operation` with its variables, `query($a: Int) { … }`. */
export function rootOf(
  serviceName: string,
  operation: string,
  outputRewrites: FetchDataRewrite[] = [],
): FetchNode {
  const operationKind = operation.startsWith('mutation')
    ? OperationTypeNode.MUTATION
    : OperationTypeNode.QUERY;
  return {
    kind: 'Fetch',
    serviceName,
    operation,
    operationKind,
    operationName: undefined,
    outputRewrites,
  };
}

interface EntityParts {
  /** What references hold: `... on Person { __typename id }`. */
  readonly requires: string;
  /** What is asked: `... on Person { events }`. */
  readonly fields: string;
  readonly variables?: string;
  readonly inputRewrites?: FetchDataRewrite[];
}

/** Asks for entities at a path of the planner's: `people.@.friend`. */
export function entitiesOf(serviceName: string, path: string, parts: EntityParts): PlanNode {
  const { requires, fields, variables = '', inputRewrites = [] } = parts;
  const definitions = `$representations: [_Any!]! ${variables}`;
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName,
    requires: trimSelectionNodes(selectionsOf(requires)),
    operation: `query(${definitions}) { _entities(representations: $representations) { ${fields} } }`,
    operationKind: OperationTypeNode.QUERY,
    operationName: undefined,
    inputRewrites,
  };
  return { kind: 'Flatten', path: path.split('.'), node: fetch };
}

export const inTurn = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });

export const atOnce = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });

export function provided(condition: string, ifClause: PlanNode, elseClause?: PlanNode): PlanNode {
  return { kind: 'Condition', condition, ifClause, ...(elseClause ? { elseClause } : {}) };
}

function selectionsOf(text: string): SelectionSetNode['selections'] {
  const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}
