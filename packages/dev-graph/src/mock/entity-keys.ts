import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';

/** Type → its keys, each the names of its outermost fields: `[["id"], ["taxOffice", "number"]]`. */
export type EntityKeys = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Reads the `@key` of every object type of one subgraph's SDL, resolvable or not. */
export function readEntityKeys(document: DocumentNode): EntityKeys {
  const keys = new Map<string, (readonly string[])[]>();
  for (const definition of document.definitions) {
    if (!isObjectType(definition)) continue;
    for (const directive of definition.directives ?? []) {
      const fields = directive.name.value === 'key' ? fieldsOf(directive) : [];
      if (fields.length === 0) continue;
      const name = definition.name.value;
      keys.set(name, [...(keys.get(name) ?? []), fields]);
    }
  }
  return keys;
}

function isObjectType(
  definition: DocumentNode['definitions'][number],
): definition is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION
  );
}

function fieldsOf(key: ConstDirectiveNode): string[] {
  const value = key.arguments?.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return [];
  const [selection] = parse(`{ ${value.value} }`, { noLocation: true }).definitions;
  return selection?.kind === Kind.OPERATION_DEFINITION
    ? selection.selectionSet.selections.flatMap((each) =>
        each.kind === Kind.FIELD ? [each.name.value] : [],
      )
    : [];
}
