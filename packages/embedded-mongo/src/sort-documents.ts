import type { MongoDocument } from './bson-document.ts';
import { keysAtPath } from './index-key.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';

/** Field and direction, in order of importance. */
export type SortOrder = readonly (readonly [path: string, direction: 1 | -1])[];

/** Reads every form the driver accepts for one or more sort fields. */
export function readSortOrder(sort: unknown, operation: string): SortOrder {
  if (sort === undefined || sort === null) return [];
  if (typeof sort === 'string') return [[sort, 1]];
  const entries: [unknown, unknown][] =
    sort instanceof Map
      ? [...sort.entries()]
      : Array.isArray(sort)
        ? sort.map((entry: unknown) => (Array.isArray(entry) ? [entry[0], entry[1]] : [entry, 1]))
        : Object.entries(sort);
  return entries.map(([path, direction]) => {
    if (typeof path !== 'string') throw new TypeError(`${operation}: a sort field must be a name`);
    if (direction === 1 || direction === 'asc' || direction === 'ascending') return [path, 1];
    if (direction === -1 || direction === 'desc' || direction === 'descending') return [path, -1];
    return refuseUnsupported(`${operation} with a sort by anything but 1 or -1`);
  });
}

/**
 * Sorts as MongoDB does: missing counts as null, an array by its least element upwards and its greatest
 * downwards. (mingo compares whole arrays, so its sort is not used.) Equal documents keep their order.
 */
export function sortDocuments<T>(
  rows: readonly T[],
  order: SortOrder,
  documentOf: (row: T) => MongoDocument,
): T[] {
  const keyed = rows.map((row) => ({
    row,
    keys: order.map(([path, direction]) => extreme(keysAtPath(documentOf(row), path), direction)),
  }));
  keyed.sort((a, b) => {
    for (const [index, [, direction]] of order.entries()) {
      const left = a.keys[index] ?? '';
      const right = b.keys[index] ?? '';
      if (left !== right) return left < right ? -direction : direction;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function extreme(keys: readonly string[], direction: 1 | -1): string {
  return keys.reduce((best, key) => (key < best === (direction === 1) ? key : best));
}
