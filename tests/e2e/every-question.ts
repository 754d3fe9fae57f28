import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { requiredArguments } from './required-arguments.ts';

/** Deep enough to cross three borders; the gateway refuses much deeper questions. */
const maxDepth = 7;
const pageSize = 20;

/** One question a root field, asking for every field below it, once on each path. */
export function everyQuestion(schema: GraphQLSchema): string[] {
  const query = schema.getQueryType();
  if (!query) return [];
  return Object.values(query.getFields()).map((field) => `{ ${selectField(field, [])} }`);
}

function selectField(
  field: GraphQLField<unknown, unknown>,
  path: readonly GraphQLObjectType[],
): string {
  const given = requiredArguments(field, pageSize);
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return `${field.name}${given}`;
  const fields = Object.values(type.getFields())
    .filter((inner) => !leadsBack(inner, [...path, type]))
    .map((inner) => selectField(inner, [...path, type]));
  return `${field.name}${given} { ${fields.length > 0 ? fields.join(' ') : '__typename'} }`;
}

/** A field whose type is already on the path would go round for ever; a list in a list in a list grows too wide. */
function leadsBack(
  field: GraphQLField<unknown, unknown>,
  path: readonly GraphQLObjectType[],
): boolean {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return false;
  return path.includes(type) || path.length >= maxDepth || (path.length >= 4 && isList(field.type));
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
