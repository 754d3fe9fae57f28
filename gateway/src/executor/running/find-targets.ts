import { isJsonObject, type JsonObject, ownValue } from '../json-object.ts';

type Path = readonly (string | number)[];

/** The objects at the end of a path of keys, lists on the way opened; what is not there, or not of that shape, is left out. */
export function findTargets(root: JsonObject, path: readonly string[]): JsonObject[] {
  let here: JsonObject[] = [root];
  for (const key of path) {
    const next: JsonObject[] = [];
    for (const object of here) gather(ownValue(object, key), next);
    here = next;
  }
  return here;
}

function gather(value: unknown, into: JsonObject[]): void {
  if (Array.isArray(value)) {
    for (const entry of value) gather(entry, into);
    return;
  }
  if (isJsonObject(value)) into.push(value);
}

/** Where in the data each of these objects is: asked only when there is something to say of one. */
export function findPathsOf(root: JsonObject, path: readonly string[]): Map<JsonObject, Path[]> {
  const found = new Map<JsonObject, Path[]>();
  const walk = (value: unknown, depth: number, here: Path): void => {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) walk(entry, depth, [...here, index]);
      return;
    }
    if (!isJsonObject(value)) return;
    const key = path[depth];
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
