import {
  type GraphQLOutputType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isWritableJson } from '../is-writable-json.ts';
import { isJsonObject } from '../json-object.ts';

/** Whether a value can be sent on as one of the type: what is computed from another would be wrong without a word. */
export function createFits(type: GraphQLOutputType): (value: unknown) => boolean {
  if (isNonNullType(type)) {
    const fits = createFits(type.ofType);
    return (value) => value !== null && fits(value);
  }
  if (isListType(type)) {
    const fits = createFits(type.ofType);
    return (value) => value === null || (Array.isArray(value) && value.every(fits));
  }
  if (isCompositeType(type)) return (value) => value === null || isJsonObject(value);
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => value === null || (typeof value === 'string' && names.has(value));
  }
  const isOf = leafChecks[type.name] ?? isWritableJson;
  return (value) => value === null || isOf(value);
}

const leafChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => Number.isFinite(value),
};
