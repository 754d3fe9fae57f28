import {
  buildASTSchema,
  type DirectiveNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  parse,
  visit,
} from 'graphql';

const machinery = /^(?:join|link|core|federation|requiresScopes|policy)__/u;

/** The graph a client can see at the most: without the federation's machinery and what is `@inaccessible`. */
export function readClientSchema(supergraphSdl: string): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  const hidden = new Set(
    document.definitions
      .filter(isTypeDefinitionNode)
      .filter(({ directives }) => isHidden(directives))
      .map(({ name }) => name.value),
  );
  const shown = {
    ...document,
    definitions: document.definitions.filter((definition) =>
      isTypeDefinitionNode(definition)
        ? !machinery.test(definition.name.value)
        : definition.kind === Kind.SCHEMA_DEFINITION,
    ),
  };
  const isShown = ({ name }: NamedTypeNode) => !hidden.has(name.value);
  const withoutHidden = visit(shown, {
    enter: (node) => ('directives' in node && isHidden(node.directives) ? null : undefined),
    Directive: () => null,
  });
  // What is hidden is also named: as a root, a member of a union, an interface.
  const withoutNames = visit(withoutHidden, {
    SchemaDefinition: (node) => ({
      ...node,
      operationTypes: node.operationTypes.filter(({ type }) => isShown(type)),
    }),
    UnionTypeDefinition: (node) => ({ ...node, types: node.types?.filter(isShown) ?? [] }),
    ObjectTypeDefinition: (node) => ({
      ...node,
      interfaces: node.interfaces?.filter(isShown) ?? [],
    }),
    InterfaceTypeDefinition: (node) => ({
      ...node,
      interfaces: node.interfaces?.filter(isShown) ?? [],
    }),
  });
  return buildASTSchema(withoutNames);
}

function isHidden(directives: readonly DirectiveNode[] | undefined): boolean {
  return directives?.some(({ name }) => name.value === 'inaccessible') ?? false;
}
