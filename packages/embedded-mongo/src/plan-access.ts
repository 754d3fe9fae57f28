import type { MongoDocument } from './bson-document.ts';
import { isObjectId, isPlainDocument } from './bson-document.ts';
import type { StoredIndex } from './collection-store.ts';
import { afterPrefix, encodeKey, keyEnd } from './index-key.ts';
import type { SortOrder } from './sort-documents.ts';

/** How to reach every document a filter can match; the filter itself is still applied to what is read. */
export type Access =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly keys: readonly string[] }
  | { readonly kind: 'index'; readonly indexId: number; readonly prefixes: readonly string[] }
  | {
      readonly kind: 'idOrder';
      readonly direction: 1 | -1;
      readonly from: string;
      readonly to: string;
    };

/** Chooses the narrowest access that misses nothing: ids, then an index on an equality or `$in`, then order of id. */
export function planAccess(
  filter: MongoDocument,
  indexes: readonly StoredIndex[],
  sort: SortOrder = [],
): Access {
  const equalities = new Map<string, readonly unknown[]>();
  const idBounds = { from: '', to: '\uffff' };
  for (const [path, condition] of conditionsOf(filter)) {
    const values = equalValues(condition);
    if (values && !equalities.has(path)) equalities.set(path, values);
    if (path === '_id' && isPlainDocument(condition)) narrow(idBounds, condition);
  }
  const ids = equalities.get('_id');
  if (ids) return { kind: 'ids', keys: [...new Set(ids.map(encodeKey))] };
  for (const { id, definition } of indexes) {
    const [first] = Object.keys(definition.key);
    const values = first === undefined ? undefined : equalities.get(first);
    if (!values || definition.partialFilterExpression) continue;
    return {
      kind: 'index',
      indexId: id,
      prefixes: values.map((value) => encodeKey(value) + keyEnd),
    };
  }
  const [only] = sort;
  const byId = sort.length === 1 && only?.[0] === '_id';
  if (byId || idBounds.from !== '' || idBounds.to !== '\uffff') {
    return { kind: 'idOrder', direction: byId ? only[1] : 1, ...idBounds };
  }
  return { kind: 'all' };
}

/** Says whether documents read this way already are in the asked order. */
export function isInOrder(access: Access, sort: SortOrder): boolean {
  return (
    sort.length === 0 || (access.kind === 'idOrder' && sort.length === 1 && sort[0]?.[0] === '_id')
  );
}

function conditionsOf(filter: MongoDocument): [string, unknown][] {
  return Object.entries(filter).flatMap(([path, condition]): [string, unknown][] => {
    if (path === '$and' && Array.isArray(condition)) {
      return condition.filter(isPlainDocument).flatMap(conditionsOf);
    }
    return path.startsWith('$') ? [] : [[path, condition]];
  });
}

/** The scalars one of which the field must hold; undefined when equality is not all there is to it. */
function equalValues(condition: unknown): readonly unknown[] | undefined {
  if (isIndexedScalar(condition)) return [condition];
  if (!isPlainDocument(condition)) return undefined;
  if (isIndexedScalar(condition['$eq'])) return [condition['$eq']];
  const list = condition['$in'];
  return Array.isArray(list) && list.every(isIndexedScalar) ? (list as unknown[]) : undefined;
}

/** Null also matches missing fields, and documents and arrays compare by shape: those are left to the scan. */
function isIndexedScalar(value: unknown): boolean {
  const isSimple = ['string', 'number', 'boolean'].includes(typeof value);
  return isSimple || value instanceof Date || isObjectId(value);
}

/** An id is never an array, so both bounds hold for one and the same value. */
function narrow(bounds: { from: string; to: string }, condition: MongoDocument): void {
  for (const [operator, value] of Object.entries(condition)) {
    if (!isIndexedScalar(value)) continue;
    const key = encodeKey(value);
    const bracket = key.slice(0, 1);
    if (operator === '$gt' || operator === '$gte') {
      if (key > bounds.from) bounds.from = key;
      if (afterPrefix(bracket) < bounds.to) bounds.to = afterPrefix(bracket);
    } else if (operator === '$lt' || operator === '$lte') {
      if (key < bounds.to) bounds.to = key;
      if (bracket > bounds.from) bounds.from = bracket;
    }
  }
}
