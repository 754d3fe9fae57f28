import { createHash } from 'node:crypto';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Supergraph } from '../../supergraph/read-supergraph.ts';

/**
 * Tells whether a plan is as right for another version: the hash of the definitions, as composed, of every type that
 * the operation and the plan's fetches go through, and of all that can stand in for them. A way that a new version
 * adds elsewhere leaves a plan as right as it was.
 */
export function createPlanFingerprint(supergraph: Supergraph) {
  const { schema } = supergraph;
  const definitions = new Map<string, string>();

  function definitionOf(name: string): string {
    let text = definitions.get(name);
    if (text === undefined) {
      const type = schema.getType(name);
      const nodes = type ? [type.astNode, ...type.extensionASTNodes] : [];
      text = nodes.map((node) => (node ? print(node) : '')).join('\n');
      definitions.set(name, text);
    }
    return text;
  }

  return (operation: string, plan: QueryPlan): string => {
    const names = new Set<string>(['Query', 'Mutation']);
    addTypes(parse(operation, { noLocation: true }), schema, names);
    if (plan.node && plan.node.kind !== 'Subscription') {
      for (const text of fetchesOf(plan.node)) {
        addTypes(parse(text, { noLocation: true }), schema, names);
      }
    }
    const hash = createHash('sha256');
    for (const name of [...names].sort()) hash.update(`${name}\n${definitionOf(name)}\n`);
    hash.update(definitionOf('join__Graph').replaceAll(/url: "[^"]*"/gu, ''));
    return hash.digest('base64');
  };
}

function addTypes(document: DocumentNode, schema: GraphQLSchema, into: Set<string>): void {
  const info = new TypeInfo(schema);
  const add = () => {
    for (const type of [info.getParentType(), info.getType()]) {
      if (!type) continue;
      const named = getNamedType(type);
      into.add(named.name);
      if (!isAbstractType(named)) continue;
      for (const possible of schema.getPossibleTypes(named)) into.add(possible.name);
    }
  };
  visit(
    document,
    visitWithTypeInfo(info, { Field: { enter: add }, InlineFragment: { enter: add } }),
  );
}

function fetchesOf(node: PlanNode): string[] {
  switch (node.kind) {
    case 'Fetch':
      return [node.operation];
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((each) => (each ? fetchesOf(each) : []));
    case 'Defer':
      return [];
  }
}
