import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { readGraphNames } from './subgraph-keys.ts';

/** How the subgraphs come by their fields. */
export interface JoinFields {
  /** Fields that an entity's reference must hold for the subgraph to compute this one; by its own name in `requires`. */
  requires(subgraph: string, typeName: string, field: string): readonly string[];
  /** Whether the subgraph only refers to the field, which is others' to give. */
  isExternal(subgraph: string, typeName: string, field: string): boolean;
  /** Whether the subgraph names the field, which is others' to give, for what it computes from it. */
  isOnlyRequired(subgraph: string, typeName: string, field: string): boolean;
  /** What the subgraph gives below the field although it is others'. */
  provides(subgraph: string, typeName: string, field: string): readonly SelectionNode[];
}

interface JoinField {
  readonly provides: readonly SelectionNode[];
  readonly requires: readonly string[];
  readonly isExternal: boolean;
}

const nothing: readonly string[] = [];

/** Reads every `join__field` of the supergraph that the planner goes by. */
export function readJoinFields(supergraph: DocumentNode, schema: GraphQLSchema): JoinFields {
  const names = readGraphNames(supergraph);
  const fields = new Map<string, JoinField>();
  const required = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    for (const { name, directives } of definition.fields ?? []) {
      for (const directive of directives ?? []) {
        if (directive.name.value !== 'join__field') continue;
        const graph = argument(directive, 'graph');
        if (graph?.kind !== Kind.ENUM) continue;
        const type = `${names.get(graph.value)} ${definition.name.value}`;
        const field = readJoinField(directive);
        fields.set(`${type}.${name.value}`, field);
        required.set(type, new Set([...(required.get(type) ?? []), ...field.requires]));
      }
    }
  }
  const typesOf = (typeName: string): readonly string[] => {
    const type = schema.getType(typeName);
    return isAbstractType(type)
      ? [typeName, ...schema.getPossibleTypes(type).map(({ name }) => name)]
      : [typeName];
  };
  return {
    requires(subgraph, typeName, field) {
      if (fields.size === 0) return nothing;
      const all = typesOf(typeName).flatMap(
        (name) => fields.get(`${subgraph} ${name}.${field}`)?.requires ?? nothing,
      );
      return all.length === 0 ? nothing : [...new Set(all)].sort();
    },
    isExternal: (subgraph, typeName, field) =>
      fields.get(`${subgraph} ${typeName}.${field}`)?.isExternal ?? false,
    provides: (subgraph, typeName, field) =>
      typesOf(typeName).flatMap(
        (name) => fields.get(`${subgraph} ${name}.${field}`)?.provides ?? [],
      ),
    isOnlyRequired: (subgraph, typeName, field) =>
      (fields.get(`${subgraph} ${typeName}.${field}`)?.isExternal ?? false) &&
      (required.get(`${subgraph} ${typeName}`)?.has(field) ?? false),
  };
}

function readJoinField(directive: ConstDirectiveNode): JoinField {
  const requires = argument(directive, 'requires');
  const external = argument(directive, 'external');
  const provides = argument(directive, 'provides');
  return {
    provides: provides?.kind === Kind.STRING ? selectionsOf(provides.value) : [],
    requires: requires?.kind === Kind.STRING ? topNames(requires.value) : nothing,
    isExternal: external?.kind === Kind.BOOLEAN && external.value,
  };
}

function topNames(fields: string): readonly string[] {
  return selectionsOf(fields).flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  );
}

function selectionsOf(fields: string): readonly SelectionNode[] {
  const [operation] = parse(`{${fields}}`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
}

function argument(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find((each) => each.name.value === name)?.value;
}
