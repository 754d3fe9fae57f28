import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';

const accessControl: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * The same supergraph asking for no protection: without its access directives, their definitions and their
 * links. Only such a one may be served through a gate that lets everybody in.
 */
export function withoutAccessControl(sdl: string): string {
  const document = visit(parse(sdl, { noLocation: true }), {
    Directive(node) {
      const isLinkOfOne =
        // In a schema every directive is a constant one; the visitor's type covers operations too.
        node.name.value === 'link' && accessControl.has(linkedFeature(node as ConstDirectiveNode));
      return accessControl.has(node.name.value) || isLinkOfOne ? null : undefined;
    },
    DirectiveDefinition(node) {
      return accessControl.has(node.name.value) ? null : undefined;
    },
  });
  return print(document);
}

/** `policy` of `https://specs.apollo.dev/policy/v0.1`. */
function linkedFeature(link: ConstDirectiveNode): string {
  const url = link.arguments?.find(({ name }) => name.value === 'url')?.value;
  return url?.kind === Kind.STRING ? (url.value.split('/').at(-2) ?? '') : '';
}
