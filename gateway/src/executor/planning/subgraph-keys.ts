import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Which fields identify an entity in a subgraph. */
export interface SubgraphKeys {
  /** Keys by which the subgraph resolves the type; none where it only refers to it. */
  of(subgraph: string, typeName: string): readonly SelectionSetNode[];
  /** Whether the field alone is a key of the type: then equal values are one entity, for whoever knows it. */
  identifies(typeName: string, field: string): boolean;
}

/** Reads the keys of every type from the supergraph's `join__type`. */
export function readSubgraphKeys(supergraph: DocumentNode): SubgraphKeys {
  const names = readGraphNames(supergraph);
  const keys = new Map<string, SelectionSetNode[]>();
  const single = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue;
    }
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'join__type') continue;
      const graph = argument(directive, 'graph');
      const key = argument(directive, 'key');
      const resolvable = argument(directive, 'resolvable');
      if (graph?.kind !== Kind.ENUM || key?.kind !== Kind.STRING) continue;
      const place = `${names.get(graph.value)} ${definition.name.value}`;
      const fields = parse(`{${key.value}}`, { noLocation: true }).definitions[0];
      if (fields?.kind !== Kind.OPERATION_DEFINITION) continue;
      const [only, ...others] = fields.selectionSet.selections;
      if (only?.kind === Kind.FIELD && !only.selectionSet && others.length === 0) {
        single.add(`${definition.name.value}.${only.name.value}`);
      }
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) continue;
      keys.set(place, [...(keys.get(place) ?? []), fields.selectionSet]);
    }
  }
  return {
    of: (subgraph, typeName) => keys.get(`${subgraph} ${typeName}`) ?? [],
    identifies: (typeName, field) => single.has(`${typeName}.${field}`),
  };
}

/** The subgraphs' own names by those of `join__Graph`. */
export function readGraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') {
      continue;
    }
    for (const { name, directives } of definition.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      const called = graph && argument(graph, 'name');
      if (called?.kind === Kind.STRING) names.set(name.value, called.value);
    }
  }
  return names;
}

function argument(directive: ConstDirectiveNode, name: string) {
  return directive.arguments?.find((each) => each.name.value === name)?.value;
}
