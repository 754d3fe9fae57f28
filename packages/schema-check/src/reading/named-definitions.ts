import {
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeDefinitionNode,
} from 'graphql';

/** Something an SDL names: a type, a field, an argument, an enum value, with its coordinate's parts. */
export interface NamedDefinition {
  /** `['Person', 'stays', 'first']`. */
  readonly path: readonly string[];
  readonly node:
    | TypeDefinitionNode
    | FieldDefinitionNode
    | InputValueDefinitionNode
    | EnumValueDefinitionNode;
}

/** Everything a hand-written SDL names, in its order; directive definitions and extensions are not the partner's words. */
export function namedDefinitions(document: DocumentNode): NamedDefinition[] {
  return document.definitions.flatMap((definition) => {
    if (!isTypeDefinition(definition.kind)) return [];
    const type = definition as TypeDefinitionNode; // just told by its kind
    const path = [type.name.value];
    return [{ path, node: type }, ...membersOf(type, path)];
  });
}

function membersOf(type: TypeDefinitionNode, path: readonly string[]): NamedDefinition[] {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return (type.fields ?? []).flatMap((field) => {
        const fieldPath = [...path, field.name.value];
        return [
          { path: fieldPath, node: field },
          ...(field.arguments ?? []).map((node) => ({
            path: [...fieldPath, node.name.value],
            node,
          })),
        ];
      });
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (type.fields ?? []).map((node) => ({ path: [...path, node.name.value], node }));
    case Kind.ENUM_TYPE_DEFINITION:
      return (type.values ?? []).map((node) => ({ path: [...path, node.name.value], node }));
    default:
      return [];
  }
}

const typeDefinitionKinds: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
]);

function isTypeDefinition(kind: string): boolean {
  return typeDefinitionKinds.has(kind);
}
