import { type DocumentNode, visit } from 'graphql';
import { type DirectiveNames, featureOf } from './directive-names.ts';

const accessFeatures: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * The execution copy: the library refuses a file that asks for access control, since it enforces none. What
 * is taken out here is what `readAccessRules` reads and the gate enforces; nothing else is.
 */
export function withoutAccessDirectives(
  document: DocumentNode,
  names: DirectiveNames,
): DocumentNode {
  const removed = new Set(
    [...accessFeatures].flatMap((feature) => {
      const name = names.get(feature);
      return name === undefined ? [] : [name];
    }),
  );
  if (removed.size === 0) return document;
  return visit(document, {
    Directive(node) {
      if (removed.has(node.name.value)) return null;
      const isLink = node.name.value === 'link' || node.name.value === 'core';
      // In a schema every directive is a constant one; the visitor's type covers operations too.
      const feature = isLink ? featureOf(node as Parameters<typeof featureOf>[0]) : undefined;
      return feature !== undefined && accessFeatures.has(feature) ? null : undefined;
    },
    DirectiveDefinition(node) {
      return removed.has(node.name.value) ? null : undefined;
    },
  });
}
