import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { directivesOf } from './directive-values.ts';

type FieldOfType = readonly [GraphQLNamedType, GraphQLField<unknown, unknown>];

/** The fields a field is computed from (`@requires`), as a composed supergraph says. */
export function requiredFields(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
): readonly FieldOfType[] {
  return directivesOf(field)
    .filter(({ name }) => name.value === 'join__field')
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) => {
      if (name.value !== 'requires' || value.kind !== Kind.STRING) return [];
      const operation = parse(`{${value.value}}`).definitions[0];
      return operation?.kind === Kind.OPERATION_DEFINITION
        ? selected(schema, type, operation.selectionSet)
        : [];
    });
}

function selected(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  { selections }: SelectionSetNode,
): FieldOfType[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const inside = condition === undefined ? type : schema.getType(condition);
      return inside ? selected(schema, inside, selection.selectionSet) : [];
    }
    const hasFields = isObjectType(type) || isInterfaceType(type);
    const field = hasFields ? type.getFields()[selection.name.value] : undefined;
    if (!field) return [];
    const below = selection.selectionSet
      ? selected(schema, getNamedType(field.type), selection.selectionSet)
      : [];
    return [[type, field] as const, ...below];
  });
}
