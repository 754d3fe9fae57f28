import { createHash } from 'node:crypto';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Supergraph } from '../../supergraph/read-supergraph.ts';
import { createDefinitionTexts } from './definition-texts.ts';

/** The fields of each type that a plan goes by; `null` where it goes by all of them. */
type Used = Map<string, Set<string> | null>;

/**
 * Tells whether a plan is as right for another version: the hash of the definitions, as composed, of every field that
 * the operation and the plan's fetches go through, as the subgraphs that the plan asks have it, and of all that can
 * stand in for its type. A way that a new version adds elsewhere leaves a plan as right as it was.
 */
export function createPlanFingerprint({ schema }: Supergraph) {
  const texts = createDefinitionTexts(schema);
  return (operation: string, plan: QueryPlan): string => {
    const used: Used = new Map();
    const fetches = plan.node && plan.node.kind !== 'Subscription' ? fetchesOf(plan.node) : [];
    addUsed(operation, schema, used);
    for (const { operation: text } of fetches) addUsed(text, schema, used);
    const graphs = [...new Set(fetches.map(({ serviceName }) => serviceName))].sort();
    const hash = createHash('sha256');
    for (const graph of graphs) hash.update(`${graph} ${texts.enumNameOf(graph)}\n`);
    const enumNames = new Set(graphs.map((graph) => texts.enumNameOf(graph)));
    for (const [typeName, fields] of [...used].sort(byName)) {
      hash.update(`${typeName}\n`);
      if (fields === null) hash.update(texts.ofType(typeName));
      else hash.update(texts.ofParts(typeName, [...fields].sort(), enumNames));
    }
    return hash.digest('base64');
  };
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1;

function addUsed(text: string, schema: GraphQLSchema, into: Used): void {
  const info = new TypeInfo(schema);
  const fieldsOf = (type: GraphQLNamedType) => {
    const known = into.get(type.name);
    if (known !== undefined) return known;
    const fields = new Set<string>();
    into.set(type.name, fields);
    return fields;
  };
  const addType = () => {
    const type = info.getType();
    if (type) for (const each of kinOf(getNamedType(type), schema)) fieldsOf(each);
  };
  visit(
    parse(text, { noLocation: true }),
    visitWithTypeInfo(info, {
      Field: {
        enter({ name: { value: name } }) {
          addType();
          const parent = info.getParentType();
          if (!parent || name === '__typename') return;
          // What stands in for a required field is nothing that anybody composed.
          const isComposed = info.getFieldDef() !== undefined || name === '_entities';
          for (const type of kinOf(parent, schema)) {
            if (isComposed) fieldsOf(type)?.add(name);
            else into.set(type.name, null);
          }
        },
      },
      InlineFragment: { enter: addType },
    }),
  );
}

/** The type, those that stand in for it, and those that it stands in for. */
function kinOf(type: GraphQLNamedType, schema: GraphQLSchema): readonly GraphQLNamedType[] {
  const wider = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
  const narrower = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return [type, ...wider, ...narrower];
}

function fetchesOf(node: PlanNode): FetchNode[] {
  switch (node.kind) {
    case 'Fetch':
      return [node];
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
