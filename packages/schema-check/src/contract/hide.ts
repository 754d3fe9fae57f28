import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  type SchemaDefinitionNode,
  visit,
} from 'graphql';

/** What a supergraph needs before it may say `@inaccessible`. */
const [linkOfInaccessible, definitionOfInaccessible] = (() => {
  const { definitions } = parse(
    `schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }
     directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
    { noLocation: true },
  );
  return definitions;
})();

const inaccessible: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'inaccessible' },
};

/** The document with `@inaccessible` on every one of these coordinates. */
export function hide(document: DocumentNode, hidden: ReadonlySet<string>): DocumentNode {
  let type = '';
  let field = '';
  const mark = <Node extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: Node,
    coordinate: string,
  ): Node | undefined => {
    if (!hidden.has(coordinate)) return undefined;
    const directives = node.directives ?? [];
    if (directives.some(({ name }) => name.value === 'inaccessible')) return undefined;
    return { ...node, directives: [...directives, inaccessible] };
  };
  const ofType = <
    Node extends {
      readonly name: { readonly value: string };
      readonly directives?: readonly ConstDirectiveNode[] | undefined;
    },
  >(
    node: Node,
  ) => {
    type = node.name.value;
    return mark(node, type);
  };
  const marked = visit(document, {
    DirectiveDefinition: () => false,
    ObjectTypeDefinition: ofType,
    InterfaceTypeDefinition: ofType,
    InputObjectTypeDefinition: ofType,
    EnumTypeDefinition: ofType,
    UnionTypeDefinition: ofType,
    ScalarTypeDefinition: ofType,
    FieldDefinition: (node) => {
      field = `${type}.${node.name.value}`;
      return mark(node, field);
    },
    EnumValueDefinition: (node) => mark(node, `${type}.${node.name.value}`),
    InputValueDefinition: {
      enter: (node, _key, _parent, path) => {
        const isArgument = path.includes('arguments');
        return mark(
          node,
          isArgument ? `${field}(${node.name.value}:)` : `${type}.${node.name.value}`,
        );
      },
    },
  });
  return withInaccessible(marked);
}

function withInaccessible(document: DocumentNode): DocumentNode {
  const isDefined = document.definitions.some(
    (each) => each.kind === Kind.DIRECTIVE_DEFINITION && each.name.value === 'inaccessible',
  );
  if (
    isDefined ||
    linkOfInaccessible?.kind !== Kind.SCHEMA_DEFINITION ||
    !definitionOfInaccessible
  ) {
    return document;
  }
  const links = linkOfInaccessible.directives ?? [];
  const definitions = document.definitions.map((each) =>
    each.kind === Kind.SCHEMA_DEFINITION ? linked(each, links) : each,
  );
  return { ...document, definitions: [...definitions, definitionOfInaccessible] };
}

function linked(
  schema: SchemaDefinitionNode,
  links: readonly ConstDirectiveNode[],
): SchemaDefinitionNode {
  return { ...schema, directives: [...(schema.directives ?? []), ...links] };
}
