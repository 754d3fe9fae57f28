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
  /** The same with what is below them, as it is written; of an object's type. */
  requirement(subgraph: string, typeName: string, field: string): readonly SelectionNode[];
  /** Whether anything of the graph requires anything. */
  readonly hasRequirements: boolean;
  /** The subgraphs that give the field of an object's type, be it computed. */
  givers(typeName: string, field: string): readonly string[];
  /** Whether the subgraph only refers to the field, which is others' to give. */
  isExternal(subgraph: string, typeName: string, field: string): boolean;
  /** Whether the subgraph names the field, which is others' to give, for what it computes from it. */
  isOnlyRequired(subgraph: string, typeName: string, field: string): boolean;
  /** What the subgraph gives below the field although it is others'. */
  provides(subgraph: string, typeName: string, field: string): readonly SelectionNode[];
}

interface JoinField {
  readonly requirement: readonly SelectionNode[];
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
  const givers = new Map<string, readonly string[]>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    const graphs = (definition.directives ?? []).flatMap((each) => graphOf(each, 'join__type'));
    const all = [...new Set(graphs)].map((graph) => names.get(graph) ?? '');
    for (const { name, directives } of definition.fields ?? []) {
      const own = directives?.filter((each) => each.name.value === 'join__field') ?? [];
      const giving = own.filter(isGiving).flatMap((each) => graphOf(each, 'join__field'));
      givers.set(
        `${definition.name.value}.${name.value}`,
        own.length === 0 ? all : giving.map((graph) => names.get(graph) ?? ''),
      );
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
    requirement: (subgraph, typeName, field) =>
      fields.get(`${subgraph} ${typeName}.${field}`)?.requirement ?? [],
    hasRequirements: [...fields.values()].some(({ requires }) => requires.length > 0),
    givers: (typeName, field) => givers.get(`${typeName}.${field}`) ?? nothing,
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
    requirement: requires?.kind === Kind.STRING ? selectionsOf(requires.value) : [],
    isExternal: external?.kind === Kind.BOOLEAN && external.value,
  };
}

function graphOf(directive: ConstDirectiveNode, name: string): readonly string[] {
  const graph = directive.name.value === name ? argument(directive, 'graph') : undefined;
  return graph?.kind === Kind.ENUM ? [graph.value] : [];
}

/** What another took over, and what is only named, is not given. */
function isGiving(directive: ConstDirectiveNode): boolean {
  return ['external', 'usedOverridden'].every((name) => {
    const value = argument(directive, name);
    return value?.kind !== Kind.BOOLEAN || !value.value;
  });
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
