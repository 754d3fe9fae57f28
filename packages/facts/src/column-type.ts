import { type GraphQLNamedType, type GraphQLSchema, isEnumType } from 'graphql';
import type { ColumnType } from './fact.ts';

const ofScalar: Readonly<Record<string, ColumnType>> = {
  ID: { kind: 'TEXT' },
  String: { kind: 'TEXT' },
  Boolean: { kind: 'BOOLEAN' },
  Int: { kind: 'INTEGER' },
  Float: { kind: 'NUMBER' },
  Date: { kind: 'DATE' },
  DateTime: { kind: 'MOMENT' },
};

const ofWord: Readonly<Record<string, ColumnType>> = {
  TEXT: { kind: 'TEXT' },
  BOOLEAN: { kind: 'BOOLEAN' },
  INTEGER: { kind: 'INTEGER' },
  NUMBER: { kind: 'NUMBER' },
  DATE: { kind: 'DATE' },
  MOMENT: { kind: 'MOMENT' },
};

/** The type of a column that holds a leaf of the graph; undefined = no column can. */
export function columnTypeOf(type: GraphQLNamedType): ColumnType | undefined {
  if (!isEnumType(type))
    return Object.hasOwn(ofScalar, type.name) ? ofScalar[type.name] : undefined;
  const values = type.getValues().map(({ name }) => name);
  return { kind: 'ENUM', graphqlType: type.name, values };
}

/** The type an expression declares; undefined = there is none of that name. */
export function declaredColumnType(schema: GraphQLSchema, word: string): ColumnType | undefined {
  if (Object.hasOwn(ofWord, word)) return ofWord[word];
  const type = schema.getType(word);
  return isEnumType(type) && !word.startsWith('__') ? columnTypeOf(type) : undefined;
}
