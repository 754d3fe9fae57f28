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
  const open = new Set<string>();
  let readsSchema = false;
  let readsData = false;

  function walk(selectionSet: SelectionSetNode, parent: GraphQLNamedType | undefined): CostNode[] {
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
      const name = selection.name.value;
      const fragment = fragments.get(name);
      // One that spreads itself is refused by validation.
      if (!fragment || open.has(name)) continue;
      open.add(name);
      const inside = walk(fragment.selectionSet, conditionOf(fragment.typeCondition.name.value));
      open.delete(name);
      nodes.push(...costs.under(selection, inside));
    }
    return nodes;
  }

  function walkField(field: FieldNode, parent: GraphQLNamedType | undefined): CostNode | undefined {
    const name = field.name.value;
    if (name === '__typename') return undefined;
    if (parent === schema.getQueryType() && (name === '__schema' || name === '__type')) {
      readsSchema = true;
      return undefined;
    }
    readsData = true;
    if (!parent) return undefined;
    coordinates.add(`${parent.name}.${name}`);
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!definition) return undefined;
    const children = field.selectionSet
      ? walk(field.selectionSet, getNamedType(definition.type))
      : [];
    return costs.ofField(field, definition, children);
  }

  function conditionOf(name: string): GraphQLNamedType | undefined {
    typeConditions.add(name);
    return schema.getType(name);
  }

  const children = walk(
    operation.selectionSet,
    schema.getRootType(operation.operation) ?? undefined,
  );
  return {
    name: operation.name?.value ?? null,
    type: operation.operation,
    introspection: readsSchema ? (readsData ? 'also' : 'only') : 'none',
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
