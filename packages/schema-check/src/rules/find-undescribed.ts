import { type DocumentNode, Kind } from 'graphql';
import { namedDefinitions } from '../reading/named-definitions.ts';

/** Root operation types carry no meaning of their own to describe. */
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** The coordinate of every type, field, argument, enum value and directive without a description. */
export function findUndescribed(document: DocumentNode): string[] {
  const named = namedDefinitions(document)
    .filter(({ path, node }) => {
      const isRoot = path.length === 1 && rootTypes.has(path[0] ?? '');
      return !isRoot && !node.description?.value.trim();
    })
    .map(({ path }) => path.join('.'));
  return [...named, ...undescribedDirectives(document)];
}

function undescribedDirectives(document: DocumentNode): string[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION) return [];
    const directive = `@${definition.name.value}`;
    return [
      { coordinate: directive, node: definition },
      ...(definition.arguments ?? []).map((node) => ({
        coordinate: `${directive}(${node.name.value}:)`,
        node,
      })),
    ].flatMap(({ coordinate, node }) => (node.description?.value.trim() ? [] : [coordinate]));
  });
}
