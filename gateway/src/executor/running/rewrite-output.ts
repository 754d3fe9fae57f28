import type { FetchDataRewrite } from '@apollo/query-planner';
import { isJsonObject, type JsonObject, mostNestedLists, ownValue } from '../json-object.ts';

/** Gives parts of a received object the names and values that the plan has for them, in place. */
export type RewriteOutput = (received: JsonObject) => void;

/** `null` where the plan has none, which is nearly always. */
export function createOutputRewrite(
  rewrites: readonly FetchDataRewrite[],
  isSubtype: (typeName: string, of: string) => boolean,
): RewriteOutput | null {
  if (rewrites.length === 0) return null;
  return (received) => {
    for (const rewrite of rewrites) {
      const last = rewrite.path.at(-1);
      if (last === undefined) continue;
      applyAt(received, rewrite.path.slice(0, -1), isSubtype, (object) => {
        if (rewrite.kind === 'ValueSetter') {
          object[last] = rewrite.setValueTo;
          return;
        }
        const value = ownValue(object, last);
        if (value === undefined) return;
        const isThere = ownValue(object, rewrite.renameKeyTo) !== undefined;
        if (value !== null || !isThere) object[rewrite.renameKeyTo] = value;
        object[last] = undefined;
      });
    }
  };
}

/** What each renamed key of a plan's fetch becomes. */
export function readRenames(rewrites: readonly FetchDataRewrite[]): ReadonlyMap<string, string> {
  return new Map(
    rewrites.flatMap((rewrite) => {
      const last = rewrite.path.at(-1);
      return rewrite.kind === 'KeyRenamer' && last !== undefined
        ? [[last, rewrite.renameKeyTo] as const]
        : [];
    }),
  );
}

function applyAt(
  value: unknown,
  path: readonly string[],
  isSubtype: (typeName: string, of: string) => boolean,
  apply: (object: JsonObject) => void,
  lists = 0,
): void {
  if (Array.isArray(value)) {
    if (lists >= mostNestedLists) return;
    for (const entry of value) applyAt(entry, path, isSubtype, apply, lists + 1);
    return;
  }
  if (!isJsonObject(value)) return;
  const [first, ...rest] = path;
  if (first === undefined) {
    apply(value);
    return;
  }
  if (!first.startsWith('... on ')) {
    applyAt(ownValue(value, first), rest, isSubtype, apply);
    return;
  }
  const typeName = ownValue(value, '__typename');
  // An object that does not say its type is of the only one it can be.
  const fits = typeof typeName !== 'string' || isSubtype(typeName, first.slice('... on '.length));
  if (fits) applyAt(value, rest, isSubtype, apply);
}
