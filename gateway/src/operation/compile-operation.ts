import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CostNode, CostReader, Variables } from './cost.ts';

/** Everything the gate needs to know of one operation of one document, read once per supergraph version. */
export interface CompiledOperation {
  /** `null` for one without a name. */
  readonly name: string | null;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Whether it asks for the schema: `also` = for data too, in one operation. */
  readonly introspection: 'none' | 'only' | 'also';
  /** Every field it reads as `Type.field`, whether or not the graph has it and the variables skip it. */
  readonly coordinates: readonly string[];
  /** Types its fragments are on. */
  readonly typeConditions: readonly string[];
  readonly cost: CostNode;
  /** Numbers and truth values its variables have when the request gives none. */
  readonly variableDefaults: Variables;
}

/** What a selection is made of: a type by its name, which the graph may not have. */
interface Parent {
  readonly name: string;
  readonly type: GraphQLNamedType | undefined;
}

const rootNames = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

const isSchemaField = (name: string) => name === '__schema' || name === '__type';

/** Compiles the named operation, or the only one; `undefined` when there is none such. */
export function compileOperation(
  document: DocumentNode,
  operationName: string | undefined,
  schema: GraphQLSchema,
  costs: CostReader,
): CompiledOperation | undefined {
  const operation = operationOf(document, operationName);
  if (!operation) return undefined;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const coordinates = new Set<string>();
  const typeConditions = new Set<string>();
  const walked = new Map<string, readonly CostNode[]>();
  const reads: { schema: boolean; data: boolean } = { schema: false, data: false };

  function walk(selectionSet: SelectionSetNode, parent: Parent): CostNode[] {
    const nodes: CostNode[] = [];
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const node = walkField(selection, parent);
        if (node) nodes.push(node);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inside = walk(
          selection.selectionSet,
          selection.typeCondition ? conditionOf(selection.typeCondition.name.value) : parent,
        );
        nodes.push(...costs.under(selection, inside));
        continue;
      }
      nodes.push(...costs.under(selection, walkFragment(selection.name.value)));
    }
    return nodes;
  }

  /** Once each: a fragment without fields could double at every level and weigh nothing. */
  function walkFragment(name: string): readonly CostNode[] {
    const known = walked.get(name);
    if (known) return known;
    // Also what one that spreads itself finds: validation refuses it.
    walked.set(name, []);
    const fragment = fragments.get(name);
    if (!fragment) return [];
    const inside = walk(fragment.selectionSet, conditionOf(fragment.typeCondition.name.value));
    walked.set(name, inside);
    return inside;
  }

  function walkField(field: FieldNode, parent: Parent): CostNode | undefined {
    const name = field.name.value;
    if (name === '__typename') return undefined;
    if (parent.name === schema.getQueryType()?.name && isSchemaField(name)) {
      reads.schema = true;
      return costs.ofSchema(field);
    }
    reads.data = true;
    // Also of a type that the graph does not have: it is refused as a hidden one is.
    const coordinate = `${parent.name}.${name}`;
    coordinates.add(coordinate);
    const { type } = parent;
    const definition =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!definition) return undefined;
    const returned = getNamedType(definition.type);
    const children = field.selectionSet
      ? walk(field.selectionSet, { name: returned.name, type: returned })
      : [];
    return costs.ofField(coordinate, field, definition, children);
  }

  function conditionOf(name: string): Parent {
    typeConditions.add(name);
    return { name, type: schema.getType(name) };
  }

  const root = schema.getRootType(operation.operation) ?? undefined;
  const children = walk(operation.selectionSet, {
    name: root?.name ?? rootNames[operation.operation],
    type: root,
  });
  return {
    name: operation.name?.value ?? null,
    type: operation.operation,
    introspection: reads.schema ? (reads.data ? 'also' : 'only') : 'none',
    coordinates: [...coordinates],
    typeConditions: [...typeConditions],
    cost: costs.ofOperation(operation.operation, children),
    variableDefaults: defaultsOf(operation),
  };
}

function defaultsOf(operation: OperationDefinitionNode): Variables {
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
    if (defaultValue?.kind === Kind.BOOLEAN) defaults[variable.name.value] = defaultValue.value;
  }
  return defaults;
}

function operationOf(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (name === undefined) return operations.length === 1 ? operations[0] : undefined;
  return operations.find((operation) => operation.name?.value === name);
}
