import { type GraphQLObjectType, Kind, visit } from 'graphql';
import { directivesOf, isDirective, type SubgraphModel } from './subgraph-model.ts';

/**
 * Whether rows of this type are about somebody: they ask for the scope `people:read`, or the SDL says nothing of
 * scopes at all.
 */
export function isAboutPeople(
  { node }: { readonly node: GraphQLObjectType | null },
  { schema }: SubgraphModel,
): boolean {
  if (node === null) return false;
  const saysScopes = Object.values(schema.getTypeMap()).some((type) =>
    directivesOf(type).some((directive) => isDirective(directive, 'requiresScopes')),
  );
  if (!saysScopes) return true;
  return directivesOf(node)
    .filter((directive) => isDirective(directive, 'requiresScopes'))
    .some((directive) => {
      let found = false;
      visit(directive, {
        [Kind.STRING]: ({ value }) => {
          found ||= value === 'people:read';
        },
      });
      return found;
    });
}
