import {
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { isInherited, isJsonObject } from '../json-object.ts';
import type { ShapesBelow } from './client-shape.ts';

/** Whether an entry of a list is to the letter what the client gets. */
export type IsPlain = (entry: unknown) => boolean;

/**
 * For entries that are objects as a subgraph sends its own rows: the keys that the client asks for in that order and
 * no others, each a value of its type. The engine writes a list of such faster than anything that looks at each value
 * again. `null` where no entry can be.
 */
export function compileIsPlain(type: GraphQLOutputType, below: ShapesBelow | null): IsPlain | null {
  const shape = isObjectType(getNullableType(type)) ? below?.of(below.typeName) : undefined;
  if (!shape || shape.fields.length === 0) return null;
  const fields: { readonly key: string; readonly fits: IsPlain }[] = [];
  for (const field of shape.fields) {
    const { responseName, key } = field;
    const fits = field.below === null && key !== '__typename' ? compileFits(field.type) : null;
    if (fits === null || responseName !== key || isInherited(key)) return null;
    fields.push({ key, fits });
  }
  const { length } = fields;
  return (entry) => {
    if (!isJsonObject(entry)) return false;
    let index = 0;
    for (const key in entry) {
      const field = fields[index];
      if (field?.key !== key || !field.fits(entry[key])) return false;
      index += 1;
    }
    return index === length;
  };
}

function compileFits(type: GraphQLOutputType): IsPlain | null {
  const fits = compileLeafFits(getNullableType(type));
  if (fits === null || isNonNullType(type)) return fits;
  return (value) => value === null || fits(value);
}

/** `null` for types of which values are to be looked at more closely, or written in another way than they came. */
function compileLeafFits(type: GraphQLOutputType): IsPlain | null {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  if (!isScalarType(type)) return null;
  return leafFits[type.name] ?? null;
}

const leafFits: Readonly<Record<string, IsPlain>> = {
  String: (value) => typeof value === 'string',
  // One that came as a number becomes a text.
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => Number.isFinite(value),
};
