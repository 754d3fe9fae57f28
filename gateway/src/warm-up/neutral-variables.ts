import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  typeFromAST,
} from 'graphql';

/** Values that an operation's required variables take, so that it can be planned when nobody is asking it. */
export function neutralVariables(
  document: DocumentNode,
  schema: GraphQLSchema,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type, defaultValue } of definition.variableDefinitions ?? []) {
      if (type.kind !== Kind.NON_NULL_TYPE || defaultValue) continue;
      // A variable's type is an input type in every valid document.
      const inputType = typeFromAST(schema, type) as GraphQLInputType | undefined;
      if (inputType) values[variable.name.value] = neutralValue(inputType, 0);
    }
  }
  return values;
}

const plain: Readonly<Record<string, unknown>> = { Int: 0, Float: 0, Boolean: false };

function neutralValue(type: GraphQLInputType, depth: number): unknown {
  if (isNonNullType(type)) return neutralValue(type.ofType, depth);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return plain[type.name] ?? '';
  // An input that requires itself without an end has no value at all.
  if (depth > 10) return null;
  return Object.fromEntries(
    Object.values(type.getFields())
      .filter(isRequiredInputField)
      .map((field) => [field.name, neutralValue(field.type, depth + 1)]),
  );
}
