import { isJsonObject, type JsonObject, mostNestedLists, ownValue } from '../json-object.ts';
import type { PathStep } from './fetch-step.ts';

type Path = readonly (string | number)[];

/** The objects at the end of a path of keys, lists on the way opened, what is shared once; what is not there, or not of that shape, is left out. */
export function findTargets(root: JsonObject, path: readonly PathStep[]): JsonObject[] {
  let here: JsonObject[] = [root];
  for (const { key, isInherited, types, isShared } of path) {
    const next: JsonObject[] = [];
    for (const object of here) {
      gather(isInherited ? ownValue(object, key) : object[key], types, next);
    }
    here = isShared ? [...new Set(next)] : next;
  }
  return here;
}

function gather(value: unknown, types: PathStep['types'], into: JsonObject[], depth = 0): void {
  if (Array.isArray(value)) {
    if (depth >= mostNestedLists) return;
    for (const entry of value) gather(entry, types, into, depth + 1);
    return;
  }
  if (isJsonObject(value) && isOfType(value, types)) into.push(value);
}

function isOfType(object: JsonObject, types: PathStep['types']): boolean {
  if (types === null) return true;
  const { __typename: typeName } = object;
  return typeof typeName === 'string' && types.has(typeName);
}

/** Looks that finding places may take: what is in several places may be so below others that are, without end. */
const mostLooks = 200_000;

/** Where in the data each of these objects is: asked only when there is something to say of one. */
export function findPathsOf(root: JsonObject, path: readonly PathStep[]): Map<JsonObject, Path[]> {
  const found = new Map<JsonObject, Path[]>();
  let left = mostLooks;
  const walk = (value: unknown, depth: number, here: Path, lists = 0): void => {
    left -= 1;
    if (left < 0) return;
    if (Array.isArray(value)) {
      if (lists >= mostNestedLists) return;
      for (const [index, entry] of value.entries()) walk(entry, depth, [...here, index], lists + 1);
      return;
    }
    if (!isJsonObject(value) || !isOfType(value, path[depth - 1]?.types ?? null)) return;
    const key = path[depth]?.key;
    if (key !== undefined) {
      walk(ownValue(value, key), depth + 1, [...here, key]);
      return;
    }
    const earlier = found.get(value);
    if (earlier) earlier.push(here);
    else found.set(value, [here]);
  };
  walk(root, 0, []);
  return found;
}
