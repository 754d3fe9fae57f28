import { find, Query } from 'mingo';
import { isPlainDocument, type MongoDocument, normaliseDocument } from './bson-document.ts';
import type { CollectionStore, StoredDocument } from './collection-store.ts';
import type { FindShape } from './embedded-cursor.ts';
import { isInOrder, planAccess } from './plan-access.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { readSortOrder, sortDocuments } from './sort-documents.ts';

/** Yields the documents that match, in the asked order; without an order, the one they were inserted in. */
export function* matchingDocuments(
  store: CollectionStore,
  filter: MongoDocument,
  sort: unknown,
  operation: string,
): Generator<StoredDocument> {
  const order = readSortOrder(sort, operation);
  const access = planAccess(filter, store.indexes(), order);
  const matches = matcherOf(filter);
  if (isInOrder(access, order)) {
    for (const row of store.read(access)) if (matches(row.document)) yield row;
    return;
  }
  const rows: StoredDocument[] = [];
  for (const row of store.read(access)) if (matches(row.document)) rows.push(row);
  yield* sortDocuments(rows, order, (row) => row.document);
}

/** Reads a filter as the server would; an operator that mingo does not know throws, by its name. */
export function readFilter(filter: unknown, operation: string): MongoDocument {
  const read = normaliseDocument(filter, operation);
  delete read['$comment'];
  assertKnownOperators(read, operation);
  return read;
}

/** `find` with everything that shapes its answer. */
export function* findDocuments(
  store: CollectionStore,
  filter: MongoDocument,
  shape: FindShape,
): Generator<MongoDocument> {
  const skip = shape.skip ?? 0;
  const limit = Math.abs(shape.limit ?? 0);
  const project = projector(shape.projection);
  let seen = 0;
  for (const { document } of matchingDocuments(store, filter, shape.sort, 'find')) {
    seen += 1;
    if (seen <= skip) continue;
    yield project(document);
    if (limit > 0 && seen - skip >= limit) return;
  }
}

/** Applies a projection; `_id` stays the first field, as the server answers it. */
export function projector(projection: unknown): (document: MongoDocument) => MongoDocument {
  if (projection === undefined || projection === null) return (document) => document;
  const fields = normaliseDocument(projection, 'projection');
  if (Object.keys(fields).length === 0) return (document) => document;
  return (document) => {
    const [projected] = find<MongoDocument>([document], {}, fields, { scriptEnabled: false }).all();
    if (projected === undefined || !('_id' in projected)) return projected ?? {};
    const { _id, ...rest } = projected;
    return { _id, ...rest };
  };
}

function matcherOf(filter: MongoDocument): (document: MongoDocument) => boolean {
  const paths = Object.keys(filter);
  if (paths.length === 0) return () => true;
  // By far the most frequent question; the access by id has answered it exactly.
  if (paths.length === 1 && typeof filter['_id'] === 'string') return () => true;
  const query = new Query(filter, { scriptEnabled: false });
  return (document) => query.test(document);
}

/** Operators that need an engine of their own (text, geometry, scripts, JSON schema). */
function assertKnownOperators(value: unknown, operation: string): void {
  if (Array.isArray(value)) for (const item of value) assertKnownOperators(item, operation);
  if (!isPlainDocument(value)) return;
  const keys = Object.keys(value);
  const operators = keys.filter((key) => key.startsWith('$'));
  for (const name of [
    '$text',
    '$where',
    '$near',
    '$nearSphere',
    '$geoWithin',
    '$geoIntersects',
    '$jsonSchema',
  ]) {
    if (operators.includes(name)) refuseUnsupported(`${operation} with ${name}`);
  }
  for (const key of keys) assertKnownOperators(value[key], operation);
}
