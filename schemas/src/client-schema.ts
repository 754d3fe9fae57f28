import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLSchema,
  parse,
  visit,
} from 'graphql';

const machinery = /^(?:join|link|core|federation|requiresScopes|policy)__/u;

/** The graph a client can see at the most: without the federation's machinery and what is `@inaccessible`. */
export function readClientSchema(supergraphSdl: string): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  const shown = {
    ...document,
    definitions: document.definitions.filter(
      (definition) =>
        definition.kind !== 'DirectiveDefinition' && !machinery.test(nameOf(definition)),
    ),
  };
  const withoutHidden = visit(shown, {
    enter: (node) =>
      'directives' in node && isHidden(node.directives as readonly ConstDirectiveNode[] | undefined)
        ? null
        : undefined,
    Directive: () => null,
  });
  return buildASTSchema(withoutHidden);
}

function nameOf(definition: DefinitionNode): string {
  return 'name' in definition ? (definition.name?.value ?? '') : '';
}

function isHidden(directives: readonly ConstDirectiveNode[] | undefined): boolean {
  return directives?.some(({ name }) => name.value === 'inaccessible') ?? false;
}
