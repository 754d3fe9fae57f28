import mongoose from 'mongoose';
import {
  applyUpdate,
  assertReplacement,
  assertUpdate,
  documentForUpsert,
  equalitiesOf,
  isModified,
} from './apply-update.ts';
import {
  encodeDocument,
  type MongoDocument,
  normaliseBson,
  normaliseDocument,
} from './bson-document.ts';
import type { CollectionStore } from './collection-store.ts';
import { serverError } from './duplicate-key-error.ts';
import { matchingDocuments, readFilter } from './find-documents.ts';
import { encodeKey } from './index-key.ts';

/** What one update did, with the document before and after for `findOneAnd…`. */
export interface WriteOutcome {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  readonly upsertedId: unknown;
  readonly before: MongoDocument | null;
  readonly after: MongoDocument | null;
}

/** Options of the writing operations that change what is written. */
export interface WriteOptions {
  readonly upsert?: boolean;
  readonly many?: boolean;
  readonly sort?: unknown;
  readonly arrayFilters?: unknown;
}

/** Inserts one document, giving it an `_id` when it has none; answers the `_id`. */
export function insertDocument(store: CollectionStore, given: unknown): unknown {
  const document = withIdFirst(normaliseDocument(given, 'insert'));
  store.insert(document);
  return document['_id'];
}

/** `updateOne`, `updateMany` and the update half of `findOneAndUpdate`. */
export function updateDocuments(
  store: CollectionStore,
  givenFilter: unknown,
  givenUpdate: unknown,
  { upsert = false, many = false, sort, arrayFilters }: WriteOptions,
): WriteOutcome {
  assertUpdate(givenUpdate, 'update');
  const filter = readFilter(givenFilter, 'update');
  const update = normaliseDocument(givenUpdate, 'update');
  // An array of documents stays one through BSON.
  const elementFilters = normaliseBson(arrayFilters ?? [], 'update') as MongoDocument[];
  const outcome = changeMatching(store, filter, sort, many, (document) => {
    applyUpdate(document, update, filter, elementFilters);
    return document;
  });
  if (outcome.matchedCount > 0 || !upsert) return outcome;
  return insertUpserted(store, documentForUpsert(filter, update));
}

/** `replaceOne` and the replacing half of `findOneAndReplace`; the `_id` is kept. */
export function replaceDocument(
  store: CollectionStore,
  givenFilter: unknown,
  givenReplacement: unknown,
  { upsert = false, sort }: WriteOptions,
): WriteOutcome {
  const filter = readFilter(givenFilter, 'replace');
  const replacement = normaliseDocument(givenReplacement, 'replace');
  assertReplacement(replacement);
  const outcome = changeMatching(store, filter, sort, false, (document) => {
    const id = document['_id'];
    if (replacement['_id'] !== undefined && encodeKey(replacement['_id']) !== encodeKey(id)) {
      throw serverError(66, 'ImmutableField', 'The _id field cannot be changed by a replacement');
    }
    return { ...replacement, _id: id };
  });
  if (outcome.matchedCount > 0 || !upsert) return outcome;
  const id = replacement['_id'] ?? equalitiesOf(filter)['_id'];
  return insertUpserted(store, { ...replacement, ...(id !== undefined && { _id: id }) });
}

/** `deleteOne`, `deleteMany` and the delete half of `findOneAndDelete`. */
export function deleteDocuments(
  store: CollectionStore,
  givenFilter: unknown,
  { many = false, sort }: WriteOptions,
): { deletedCount: number; before: MongoDocument | null } {
  const filter = readFilter(givenFilter, 'delete');
  let deletedCount = 0;
  let before: MongoDocument | null = null;
  for (const row of takeMatching(store, filter, sort, many, 'delete')) {
    store.remove(row.seq);
    before ??= row.document;
    deletedCount += 1;
  }
  return { deletedCount, before };
}

function changeMatching(
  store: CollectionStore,
  filter: MongoDocument,
  sort: unknown,
  many: boolean,
  change: (document: MongoDocument) => MongoDocument,
): WriteOutcome {
  let [matchedCount, modifiedCount] = [0, 0];
  let [before, after]: [MongoDocument | null, MongoDocument | null] = [null, null];
  for (const { seq, document } of takeMatching(store, filter, sort, many, 'update')) {
    const bytes = encodeDocument(document);
    before ??= mongoose.mongo.BSON.deserialize(bytes);
    const changed = withIdFirst(change(document));
    if (isModified(bytes, changed)) {
      store.replace(seq, changed);
      modifiedCount += 1;
    }
    after ??= changed;
    matchedCount += 1;
  }
  return { matchedCount, modifiedCount, upsertedId: null, before, after };
}

/** All are read before the first is written, so that a change cannot make a document match twice. */
function takeMatching(
  store: CollectionStore,
  filter: MongoDocument,
  sort: unknown,
  many: boolean,
  operation: string,
) {
  const rows = matchingDocuments(store, filter, sort, operation);
  if (many) return [...rows];
  const first = rows.next();
  rows.return(undefined);
  return first.done === true ? [] : [first.value];
}

function insertUpserted(store: CollectionStore, document: MongoDocument): WriteOutcome {
  const inserted = withIdFirst(document);
  store.insert(inserted);
  return {
    matchedCount: 0,
    modifiedCount: 0,
    upsertedId: inserted['_id'],
    before: null,
    after: inserted,
  };
}

function withIdFirst(document: MongoDocument): MongoDocument {
  const { _id = new mongoose.mongo.ObjectId(), ...rest } = document;
  if (Array.isArray(_id) || _id instanceof RegExp) {
    throw serverError(
      53,
      'InvalidIdField',
      "The '_id' value cannot be an array or a regular expression",
    );
  }
  return { _id, ...rest };
}
