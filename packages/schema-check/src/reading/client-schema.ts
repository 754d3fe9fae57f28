import {
  buildASTSchema,
  type DirectiveNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  visit,
} from 'graphql';

const machinery = /^(?:join|link|core|federation|requiresScopes|policy)__/u;

/** The graph a client can see at the most: without the federation's machinery and what is `@inaccessible`. */
export function readClientSchema(supergraphSdl: string): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  const shown = {
    ...document,
    definitions: document.definitions.filter((definition) =>
      isTypeDefinitionNode(definition)
        ? !machinery.test(definition.name.value)
        : definition.kind === Kind.SCHEMA_DEFINITION,
    ),
  };
  const withoutHidden = visit(shown, {
    enter: (node) => ('directives' in node && isHidden(node.directives) ? null : undefined),
    Directive: () => null,
  });
  return buildASTSchema(withoutHidden);
}

function isHidden(directives: readonly DirectiveNode[] | undefined): boolean {
  return directives?.some(({ name }) => name.value === 'inaccessible') ?? false;
}
