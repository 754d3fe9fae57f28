import { type GraphQLSchema, isCompositeType, isEnumType } from 'graphql';
import type { Hidden } from './writing.ts';

/** What the whole graph has and the clients' part of it has not. */
export function createHidden(whole: GraphQLSchema, shown: GraphQLSchema): Hidden {
  return {
    hasType: (name) => isCompositeType(whole.getType(name)) && !shown.getType(name),
    hasEnumValue(typeName, name) {
      const all = whole.getType(typeName);
      const some = shown.getType(typeName);
      const isThere = isEnumType(all) && all.getValue(name) != null;
      return isThere && !(isEnumType(some) && some.getValue(name) != null);
    },
  };
}
