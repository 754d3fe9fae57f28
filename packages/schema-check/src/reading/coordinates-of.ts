import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Every output field a document asks for, as `Type.field` in alphabetical order: also through fragments and
 * interfaces, where the field of the interface counts and that of everything that implements it; without
 * `__typename` and introspection. All of its operations count, and what `@skip` or `@include` may leave out.
 */
export function coordinatesOf(document: DocumentNode, schema: GraphQLSchema): readonly string[] {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name }) => {
        const type = info.getParentType();
        if (!type || name.value.startsWith('__') || type.name.startsWith('__')) return;
        found.add(`${type.name}.${name.value}`);
        if (!isAbstractType(type)) return;
        for (const possible of schema.getPossibleTypes(type)) {
          if (isObjectType(possible)) found.add(`${possible.name}.${name.value}`);
        }
      },
    }),
  );
  return [...found].sort();
}
