import { isJsonObject, type JsonObject, mostNestedLists, ownValue } from '../json-object.ts';
import type { OutputShape } from './output-shape.ts';

/** Puts what a subgraph answered beside what is known of the same object. */
export type Merge = (target: JsonObject, received: JsonObject, shape: OutputShape) => void;

/**
 * Merges by reference, and only the keys that were asked for. What is known stays: two subgraphs that share a value
 * say the same of it. The name of a type gives way only where it is none of an object, as an interface object's is.
 */
export function createMerge(isObjectTypeName: (name: unknown) => boolean): Merge {
  function merge(target: JsonObject, received: JsonObject, shape: OutputShape): void {
    for (const { key, isInherited, below } of shape.fields) {
      const value = isInherited ? ownValue(received, key) : received[key];
      if (value === undefined) continue;
      const known = isInherited ? ownValue(target, key) : target[key];
      if (known === undefined || known === null) target[key] = value;
      else if (below) mergeValues(known, value, below);
      else if (key === '__typename' && !isObjectTypeName(known)) target[key] = value;
    }
  }

  function mergeValues(known: unknown, value: unknown, shape: OutputShape, lists = 0): void {
    if (known === value || lists > mostNestedLists) return;
    if (isJsonObject(known)) {
      if (isJsonObject(value)) merge(known, value, shape);
      return;
    }
    // Lists of different lengths are not the same list: what is only in the second stays unknown, and is told as such.
    if (!Array.isArray(known) || !Array.isArray(value) || known.length !== value.length) return;
    for (const [index, entry] of value.entries()) {
      const before: unknown = known[index];
      if (before === null) known[index] = entry as unknown;
      else mergeValues(before, entry, shape, lists + 1);
    }
  }

  return merge;
}

/** What a subgraph does not know is `null`, not missing: missing is what could not be had. */
export function fillWithNull(target: JsonObject, shape: OutputShape): void {
  for (const { key } of shape.fields) {
    if (key !== '__typename' && ownValue(target, key) === undefined) target[key] = null;
  }
}
