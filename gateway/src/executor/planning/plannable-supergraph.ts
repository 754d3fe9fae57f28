import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/**
 * Without the keys by which a subgraph does not resolve a type, where it has others: the planner takes any of them
 * for the reference of a `@requires`, and a subgraph that does not resolve by it answers that there is no such entity.
 */
export function withoutUnresolvableKeys(document: DocumentNode): DocumentNode {
  const withoutThem = <
    Node extends { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  >(
    node: Node,
  ): Node | undefined => {
    const directives = node.directives ?? [];
    const resolving = new Set(
      directives.flatMap((each) => (isKey(each) && isResolvable(each) ? [graphOf(each)] : [])),
    );
    const kept = directives.filter(
      (each) => !isKey(each) || isResolvable(each) || !resolving.has(graphOf(each)),
    );
    return kept.length === directives.length ? undefined : { ...node, directives: kept };
  };
  return visit(document, {
    ObjectTypeDefinition: (node) => withoutThem(node),
    InterfaceTypeDefinition: (node) => withoutThem(node),
  });
}

const argument = (directive: ConstDirectiveNode, name: string) =>
  directive.arguments?.find((each) => each.name.value === name)?.value;

const isKey = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'join__type' && argument(directive, 'key') !== undefined;

function isResolvable(directive: ConstDirectiveNode): boolean {
  const value = argument(directive, 'resolvable');
  return value?.kind !== Kind.BOOLEAN || value.value;
}

function graphOf(directive: ConstDirectiveNode): string | undefined {
  const graph = argument(directive, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
}
