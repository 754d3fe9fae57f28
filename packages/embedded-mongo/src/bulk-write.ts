import mongoose from 'mongoose';
import { isPlainDocument, type MongoDocument } from './bson-document.ts';
import { EmbeddedBulkWriteResult } from './bulk-write-result.ts';
import type { CollectionStore } from './collection-store.ts';
import { refuseOptions, refuseUnsupported } from './refuse-unsupported.ts';
import {
  deleteDocuments,
  insertDocument,
  replaceDocument,
  updateDocuments,
  type WriteOptions,
} from './write-documents.ts';

/**
 * Runs the operations in turn. As at the server, an error stops an ordered batch but keeps what came before
 * it; unlike the server, all that is kept is committed at once, so a crash leaves the whole batch or nothing.
 */
export function runBulkWrite(
  store: CollectionStore,
  operations: readonly unknown[],
  ordered: boolean,
): EmbeddedBulkWriteResult {
  const result = new EmbeddedBulkWriteResult();
  for (const [index, operation] of operations.entries()) {
    try {
      store.atomically(() => runOne(store, operation, index, result));
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError)) throw error;
      const failure = { index, code: Number(error.code), errmsg: error.message };
      result.addFailure({ ...failure, err: failure });
      if (ordered) break;
    }
  }
  return result;
}

function runOne(
  store: CollectionStore,
  operation: unknown,
  index: number,
  result: EmbeddedBulkWriteResult,
): void {
  const [kind, argument] = isPlainDocument(operation) ? (Object.entries(operation)[0] ?? []) : [];
  const given: MongoDocument = isPlainDocument(argument) ? argument : {};
  refuseOptions(`bulkWrite ${String(kind)}`, given);
  const options = given as WriteOptions; // read field by field, each is checked where it is used
  switch (kind) {
    case 'insertOne': {
      result.insertedIds[index] = insertDocument(store, given['document']);
      result.insertedCount += 1;
      return;
    }
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne': {
      const outcome =
        kind === 'replaceOne'
          ? replaceDocument(store, given['filter'], given['replacement'], options)
          : updateDocuments(store, given['filter'], given['update'], {
              ...options,
              many: kind === 'updateMany',
            });
      result.matchedCount += outcome.matchedCount;
      result.modifiedCount += outcome.modifiedCount;
      if (outcome.upsertedId !== null) {
        result.upsertedIds[index] = outcome.upsertedId;
        result.upsertedCount += 1;
      }
      return;
    }
    case 'deleteOne':
    case 'deleteMany': {
      const many = kind === 'deleteMany';
      result.deletedCount += deleteDocuments(store, given['filter'], { many }).deletedCount;
      return;
    }
    default:
      refuseUnsupported(`bulkWrite with operation ${String(kind)}`);
  }
}
