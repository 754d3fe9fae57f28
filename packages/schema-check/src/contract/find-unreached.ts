import { type DocumentNode, Kind, type TypeDefinitionNode, visit } from 'graphql';

/** Types that no question can come to: nothing that stays returns, takes, implements or contains them. */
export function findUnreached(
  document: DocumentNode,
  types: readonly TypeDefinitionNode[],
  hidden: ReadonlySet<string>,
): readonly string[] {
  const byName = new Map(types.map((type) => [type.name.value, type]));
  const reached = new Set<string>();
  const open = document.definitions.flatMap((each) =>
    each.kind === Kind.SCHEMA_DEFINITION
      ? each.operationTypes.map(({ type }) => type.name.value)
      : [],
  );
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = byName.get(name);
    if (!type || reached.has(name) || hidden.has(name)) continue;
    reached.add(name);
    open.push(...namedIn(type, hidden), ...implementing(types, name));
  }
  return [...byName.keys()].filter((name) => !reached.has(name));
}

function namedIn(type: TypeDefinitionNode, hidden: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  let field = '';
  visit(type, {
    Directive: () => false,
    FieldDefinition: (node) => {
      field = `${type.name.value}.${node.name.value}`;
      return hidden.has(field) ? false : undefined;
    },
    InputValueDefinition: (node) => {
      const isArgument = type.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION;
      const coordinate = isArgument
        ? `${field}(${node.name.value}:)`
        : `${type.name.value}.${node.name.value}`;
      return hidden.has(coordinate) ? false : undefined;
    },
    NamedType: (node) => {
      names.push(node.name.value);
    },
  });
  return names;
}

function implementing(types: readonly TypeDefinitionNode[], name: string): readonly string[] {
  return types.filter((type) => interfacesOf(type).includes(name)).map((type) => type.name.value);
}

/** The names of what a type implements. */
export function interfacesOf(type: TypeDefinitionNode): readonly string[] {
  const hasInterfaces =
    type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return hasInterfaces ? (type.interfaces ?? []).map(({ name }) => name.value) : [];
}
