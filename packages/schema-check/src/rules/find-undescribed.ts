import { Kind, type StringValueNode } from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { DefinitionOf, Judged } from '../judged.ts';
import { isFederationDirective, plainName } from '../reading/machinery.ts';
import { directiveDefinitions } from '../reading/named-definitions.ts';
import { rootTypesOf } from '../reading/root-types.ts';

/** A word of at least two letters in round brackets: "(al)", "(data di ingresso)". */
const italianTerm = /\([^()]*\p{L}{2}[^()]*\)/u;

/** Everything without a description, and what clients can see without the Italian term in it. */
export function findUndescribed({ definitions, submitted }: Judged): Finding[] {
  const roots = new Map(submitted.map((each) => [each, rootTypesOf(each.document)]));
  return [
    ...definitions.flatMap((definition) => {
      const { node, coordinate, subgraph } = definition;
      if (isTypeItself(definition) && roots.get(subgraph)?.has(coordinate)) return [];
      if (isExtension(definition) || has(definition.node, 'external')) return [];
      // Only extensions, which were left out, have no description.
      const text: StringValueNode | undefined =
        'description' in node ? node.description : undefined;
      const description = text?.value.trim();
      if (!description) return [createFinding('DESCRIPTION_MISSING', { coordinate, at: node })];
      if (italianTerm.test(description) || isForNoReader(definition)) return [];
      return [createFinding('DESCRIPTION_WITHOUT_ITALIAN', { coordinate, at: node })];
    }),
    ...submitted.flatMap(({ document }) =>
      directiveDefinitions(document)
        .filter(
          ({ coordinate, node }) =>
            !isFederationDirective(/\w+/u.exec(coordinate)?.[0] ?? '') &&
            !node.description?.value.trim(),
        )
        .map(({ coordinate, node }) =>
          createFinding('DESCRIPTION_MISSING', { coordinate, at: node }),
        ),
    ),
  ];
}

function isForNoReader({ node, type, path }: DefinitionOf): boolean {
  const isPaging = path.length === 3 && ['first', 'after'].includes(path[2] ?? '');
  return isPaging || has(node, 'inaccessible') || has(type, 'inaccessible');
}

function has({ directives }: DefinitionOf['node'], name: string): boolean {
  return directives?.some((each) => plainName(each.name.value) === name) ?? false;
}

function isTypeItself({ node, type }: DefinitionOf): boolean {
  return node === type;
}

function isExtension({ node }: DefinitionOf): boolean {
  return (
    node.kind === Kind.OBJECT_TYPE_EXTENSION ||
    node.kind === Kind.INTERFACE_TYPE_EXTENSION ||
    node.kind === Kind.UNION_TYPE_EXTENSION ||
    node.kind === Kind.ENUM_TYPE_EXTENSION ||
    node.kind === Kind.SCALAR_TYPE_EXTENSION ||
    node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION
  );
}
