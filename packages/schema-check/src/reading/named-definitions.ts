import {
  type DirectiveDefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { isMachinery } from './machinery.ts';

/** Something an SDL names: a type, a field, an argument, an enum value, with its coordinate's parts. */
export interface NamedDefinition {
  /** `['Person', 'stays', 'first']`. */
  readonly path: readonly string[];
  /** `Person.stays(first:)`. */
  readonly coordinate: string;
  /** The type it stands in, or itself. */
  readonly type: TypeDefinitionNode | TypeExtensionNode;
  readonly node:
    | TypeDefinitionNode
    | TypeExtensionNode
    | FieldDefinitionNode
    | InputValueDefinitionNode
    | EnumValueDefinitionNode;
}

/** Everything a hand-written SDL names, in its order; what the federation needs is not the partner's words. */
export function namedDefinitions(document: DocumentNode): NamedDefinition[] {
  return document.definitions.flatMap((type) => {
    if (!isTypeDefinitionNode(type) && !isTypeExtensionNode(type)) return [];
    const name = type.name.value;
    if (isMachinery(name)) return [];
    return [{ path: [name], coordinate: name, type, node: type }, ...membersOf(type, name)];
  });
}

/** The directives an SDL defines, with the coordinates of their arguments. */
export function directiveDefinitions(document: DocumentNode): readonly {
  readonly coordinate: string;
  readonly node: DirectiveDefinitionNode | InputValueDefinitionNode;
}[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION) return [];
    const directive = `@${definition.name.value}`;
    return [
      { coordinate: directive, node: definition },
      ...(definition.arguments ?? []).map((node) => ({
        coordinate: `${directive}(${node.name.value}:)`,
        node,
      })),
    ];
  });
}

function membersOf(type: TypeDefinitionNode | TypeExtensionNode, name: string): NamedDefinition[] {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return (type.fields ?? [])
        .filter((field) => !isMachinery(field.name.value))
        .flatMap((field) => membersOfField(type, name, field));
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return (type.fields ?? []).map((node) => member(type, [name, node.name.value], node));
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return (type.values ?? []).map((node) => member(type, [name, node.name.value], node));
    default:
      return [];
  }
}

function membersOfField(
  type: TypeDefinitionNode | TypeExtensionNode,
  name: string,
  field: FieldDefinitionNode,
): NamedDefinition[] {
  const path = [name, field.name.value];
  return [
    member(type, path, field),
    ...(field.arguments ?? []).map((node) => ({
      path: [...path, node.name.value],
      coordinate: `${path.join('.')}(${node.name.value}:)`,
      type,
      node,
    })),
  ];
}

function member(
  type: TypeDefinitionNode | TypeExtensionNode,
  path: readonly string[],
  node: FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode,
): NamedDefinition {
  return { path, coordinate: path.join('.'), type, node };
}
