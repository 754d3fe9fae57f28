import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';

/** What the root types of a subgraph are called, and for which operation: usually by their own names. */
export function rootTypesOf(document: DocumentNode): ReadonlyMap<string, OperationTypeNode> {
  const named = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.operationTypes ?? [])
      : [],
  );
  const roots = new Map<string, OperationTypeNode>(
    named.map(({ type, operation }) => [type.name.value, operation]),
  );
  const operations = new Set(roots.values());
  for (const [name, operation] of usualNames) {
    if (!operations.has(operation)) roots.set(name, operation);
  }
  return roots;
}

const usualNames = [
  ['Query', OperationTypeNode.QUERY],
  ['Mutation', OperationTypeNode.MUTATION],
  ['Subscription', OperationTypeNode.SUBSCRIPTION],
] as const;
