import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { readGraphNames } from './subgraph-keys.ts';

/** Which objects each subgraph knows of unions and interfaces. */
export interface SubgraphMembers {
  /** Types of objects that a subgraph's own union or interface has. */
  of(subgraph: string, typeName: string): readonly string[];
  /** Whether subgraphs differ in any of what several of them have. */
  readonly differ: boolean;
}

/** Reads `join__unionMember` and `join__implements` of the supergraph. */
export function readSubgraphMembers(supergraph: DocumentNode): SubgraphMembers {
  const names = readGraphNames(supergraph);
  const members = new Map<string, Map<string, string[]>>();
  const add = (typeName: string, graph: string | undefined, member: string | null) => {
    const subgraph = names.get(graph ?? '');
    if (subgraph === undefined) return;
    const ofType = members.get(typeName) ?? new Map<string, string[]>();
    members.set(typeName, ofType);
    const known = ofType.get(subgraph) ?? [];
    ofType.set(subgraph, member === null ? known : [...known, member]);
  };
  for (const definition of supergraph.definitions) {
    if (
      definition.kind !== Kind.UNION_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION
    ) {
      continue;
    }
    const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION;
    const typeName = definition.name.value;
    for (const directive of definition.directives ?? []) {
      const graph = argument(directive, 'graph');
      const called = directive.name.value;
      if (called === 'join__type' && !isObject) add(typeName, graph, null);
      if (called === 'join__unionMember') {
        add(typeName, graph, argument(directive, 'member') ?? null);
      }
      if (called === 'join__implements' && isObject) {
        add(argument(directive, 'interface') ?? '', graph, typeName);
      }
    }
  }
  const differ = [...members.values()].some(
    (ofType) => new Set([...ofType.values()].map((each) => each.sort().join())).size > 1,
  );
  return { of: (subgraph, typeName) => members.get(typeName)?.get(subgraph) ?? [], differ };
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : undefined;
}
