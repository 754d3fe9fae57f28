import {
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What has to be given to ask for a field, with pages of this size; texts are `none`, which names nothing. */
export function requiredArguments(field: GraphQLField<unknown, unknown>, pageSize: number): string {
  const given = field.args.flatMap((arg) => {
    if (arg.name === 'first') return [`first: ${pageSize}`];
    const isRequired = isNonNullType(arg.type) && arg.defaultValue === undefined;
    return isRequired ? [`${arg.name}: ${exampleOf(arg.type)}`] : [];
  });
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}

function exampleOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return exampleOf(type.ofType);
  if (isListType(type)) return `[${exampleOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${fields.map((field) => `${field.name}: ${exampleOf(field.type)}`).join(', ')} }`;
  }
  const values: Readonly<Record<string, string>> = {
    Int: '1',
    Float: '1',
    Boolean: 'true',
    Date: '"2026-11-01"',
    DateTime: '"2026-11-01T00:00:00Z"',
  };
  return values[type.toString()] ?? '"none"';
}
