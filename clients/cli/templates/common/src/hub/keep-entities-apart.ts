import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

/**
 * Makes `_entities` resolve each representation by itself: the library gives up the whole call for one whose type is
 * not known, and leaves what it began for the others without anybody who hears that it failed; that ends the process.
 */
export function keepEntitiesApart(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolveAll = field?.resolve;
  if (field === undefined || resolveAll === undefined) return schema;
  const resolve: GraphQLFieldResolver<unknown, unknown, { representations: readonly unknown[] }> = (
    source,
    { representations },
    context,
    info,
  ) =>
    representations.map((representation) => {
      if (!isKnown(schema, representation)) return null;
      try {
        const one: unknown = resolveAll(
          source,
          { representations: [representation] },
          context,
          info,
        );
        return Array.isArray(one) ? (one[0] as unknown) : null; // the library's list has no type
      } catch (error) {
        return error;
      }
    });
  field.resolve = resolve;
  return schema;
}

function isKnown(schema: GraphQLSchema, representation: unknown): boolean {
  if (typeof representation !== 'object' || representation === null) return false;
  const name: unknown = Reflect.get(representation, '__typename');
  return typeof name === 'string' && isObjectType(schema.getType(name));
}
