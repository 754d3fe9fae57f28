import type { DocumentNode } from 'graphql';
import { namedDefinitions } from './named-definitions.ts';

/** Root operation types carry no meaning of their own to describe. */
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** The coordinate of every type, field, argument and enum value without a description. */
export function findUndescribed(document: DocumentNode): string[] {
  return namedDefinitions(document)
    .filter(({ path, node }) => {
      const isRoot = path.length === 1 && rootTypes.has(path[0] ?? '');
      return !isRoot && !node.description?.value.trim();
    })
    .map(({ path }) => path.join('.'));
}
