import mongoose from 'mongoose';
import { aggregateDocuments, assertStages } from './aggregate-documents.ts';
import { isPlainDocument, type MongoDocument, normaliseBson } from './bson-document.ts';
import { runBulkWrite } from './bulk-write.ts';
import { type CollectionStore, createCollectionStore } from './collection-store.ts';
import { serverError } from './duplicate-key-error.ts';
import { EmbeddedCursor, EmbeddedFindCursor, type FindShape } from './embedded-cursor.ts';
import { findDocuments, matchingDocuments, projector, readFilter } from './find-documents.ts';
import { readIndexDefinition } from './index-definition.ts';
import { encodeKey } from './index-key.ts';
import { type DocumentFile, inWriteTransaction } from './open-document-file.ts';
import { refuseOptions, refuseOtherMethods } from './refuse-unsupported.ts';
import {
  deleteDocuments,
  insertDocument,
  replaceDocument,
  updateDocuments,
  type WriteOptions,
} from './write-documents.ts';
import { foundAndModified, updateResult, valuesAt } from './write-results.ts';

type Options = MongoDocument & WriteOptions & FindShape;

/** Answers like the driver's `Collection`; every method is one SQLite transaction. */
export class EmbeddedCollection {
  readonly collectionName: string;
  readonly dbName: string;
  readonly #store: CollectionStore;
  readonly #file: DocumentFile;

  constructor(file: DocumentFile, dbName: string, name: string) {
    this.#file = file;
    this.dbName = dbName;
    this.collectionName = name;
    this.#store = createCollectionStore(file, dbName, name);
    refuseOtherMethods(this, mongoose.mongo.Collection);
  }

  get namespace(): string {
    return this.#store.namespace;
  }

  async insertOne(document: unknown, options?: Options) {
    const insertedId = this.#write('insertOne', options, () =>
      insertDocument(this.#store, document),
    );
    if (isPlainDocument(document)) document['_id'] ??= insertedId;
    return { acknowledged: true, insertedId };
  }

  async insertMany(documents: readonly unknown[], options?: Options) {
    for (const document of documents) {
      // The driver, too, writes the id it chose into the document it was given.
      if (isPlainDocument(document)) document['_id'] ??= new mongoose.mongo.ObjectId();
    }
    const operations = documents.map((document) => ({ insertOne: { document } }));
    const { insertedCount, insertedIds } = await this.bulkWrite(operations, options);
    return { acknowledged: true, insertedCount, insertedIds };
  }

  async bulkWrite(operations: readonly unknown[], options?: Options) {
    if (operations.length === 0) {
      throw new mongoose.mongo.MongoInvalidArgumentError(
        'Invalid BulkOperation, Batch cannot be empty',
      );
    }
    const ordered = options?.['ordered'] !== false;
    const result = this.#write('bulkWrite', options, () =>
      runBulkWrite(this.#store, operations, ordered),
    );
    const error = result.asError();
    if (error) throw error;
    return result;
  }

  find(filter?: unknown, options: Options = {}) {
    refuseOptions('find', options);
    const read = readFilter(filter, 'find');
    const { sort, skip, limit, projection } = options;
    const shape: FindShape = {
      ...(sort !== undefined && { sort }),
      ...(skip !== undefined && { skip }),
      ...(limit !== undefined && { limit }),
      ...(projection !== undefined && { projection }),
    };
    return new EmbeddedFindCursor(shape, (asked) => findDocuments(this.#store, read, asked));
  }

  async findOne(filter?: unknown, options: Options = {}) {
    return this.find(filter, { ...options, limit: 1 }).next();
  }

  async updateOne(filter: unknown, update: unknown, options: Options = {}) {
    return this.#update('updateOne', filter, update, { ...options, many: false });
  }

  async updateMany(filter: unknown, update: unknown, options: Options = {}) {
    return this.#update('updateMany', filter, update, { ...options, many: true });
  }

  async replaceOne(filter: unknown, replacement: unknown, options: Options = {}) {
    return updateResult(
      this.#write('replaceOne', options, () =>
        replaceDocument(this.#store, filter, replacement, options),
      ),
    );
  }

  async deleteOne(filter: unknown, options: Options = {}) {
    return this.#delete('deleteOne', filter, options, false);
  }

  async deleteMany(filter: unknown, options: Options = {}) {
    return this.#delete('deleteMany', filter, options, true);
  }

  async findOneAndUpdate(filter: unknown, update: unknown, options: Options = {}) {
    const outcome = this.#write('findOneAndUpdate', options, () =>
      updateDocuments(this.#store, filter, update, options),
    );
    return foundAndModified(outcome, options);
  }

  async findOneAndReplace(filter: unknown, replacement: unknown, options: Options = {}) {
    const outcome = this.#write('findOneAndReplace', options, () =>
      replaceDocument(this.#store, filter, replacement, options),
    );
    return foundAndModified(outcome, options);
  }

  async findOneAndDelete(filter: unknown, options: Options = {}) {
    const { before } = this.#write('findOneAndDelete', options, () =>
      deleteDocuments(this.#store, filter, options),
    );
    const value = before && projector(options.projection)(before);
    if (options['includeResultMetadata'] !== true) return value;
    return { value, lastErrorObject: { n: value ? 1 : 0 }, ok: 1 };
  }

  async countDocuments(filter?: unknown, options: Options = {}) {
    refuseOptions('countDocuments', options);
    const { skip, limit } = options;
    const shape = { ...(skip !== undefined && { skip }), ...(limit !== undefined && { limit }) };
    return [...findDocuments(this.#store, readFilter(filter, 'countDocuments'), shape)].length;
  }

  async estimatedDocumentCount() {
    return this.#store.count();
  }

  async distinct(path: string, filter?: unknown, options: Options = {}) {
    refuseOptions('distinct', options);
    const values = new Map<string, unknown>();
    for (const { document } of matchingDocuments(
      this.#store,
      readFilter(filter, 'distinct'),
      undefined,
      'distinct',
    )) {
      for (const value of valuesAt(document, path.split('.'))) values.set(encodeKey(value), value);
    }
    return [...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }

  aggregate(pipeline: readonly unknown[] = [], options: Options = {}) {
    refuseOptions('aggregate', options);
    const stages = normaliseBson(pipeline, 'aggregate') as MongoDocument[]; // an array stays one through BSON
    assertStages(stages);
    return new EmbeddedCursor(
      () => aggregateDocuments(this.#file, this.#store, this.dbName, stages)[Symbol.iterator](),
      [mongoose.mongo.AggregationCursor, mongoose.mongo.AbstractCursor],
    );
  }

  async createIndex(spec: unknown, options?: Options, commandOptions?: Options) {
    refuseOptions('createIndex', commandOptions);
    const [name] = await this.createIndexes([{ ...options, key: spec }]);
    return name;
  }

  async createIndexes(specs: readonly MongoDocument[], options?: Options) {
    const definitions = specs.map(({ key, ...rest }) => readIndexDefinition(key, rest));
    return this.#write('createIndexes', options, () =>
      definitions.map((definition) => {
        const isIdIndex = Object.keys(definition.key).join() === '_id';
        if (!isIdIndex) this.#store.createIndex(definition);
        return isIdIndex ? '_id_' : definition.name;
      }),
    );
  }

  async dropIndex(name: string) {
    const dropped = this.#write('dropIndex', {}, () => this.#store.dropIndex(name));
    if (!dropped) throw serverError(27, 'IndexNotFound', 'index not found');
    return { ok: 1 };
  }

  async dropIndexes() {
    this.#write('dropIndexes', {}, () => {
      for (const { definition } of this.#store.indexes()) this.#store.dropIndex(definition.name);
    });
    return true;
  }

  listIndexes() {
    return new EmbeddedCursor(() => {
      if (!this.#store.exists())
        throw serverError(26, 'NamespaceNotFound', `ns does not exist: ${this.namespace}`);
      const own = this.#store.indexes().map(({ definition }) => definition);
      return [{ v: 2, key: { _id: 1 }, name: '_id_' }, ...own][Symbol.iterator]();
    }, [mongoose.mongo.AbstractCursor]);
  }

  async indexes() {
    return this.listIndexes().toArray();
  }

  async drop() {
    this.#write('drop', {}, () => this.#store.drop());
    return true;
  }

  #write<T>(operation: string, options: Options | undefined, work: () => T): T {
    refuseOptions(operation, options);
    return inWriteTransaction(this.#file, work);
  }

  #update(operation: string, filter: unknown, update: unknown, options: Options) {
    return updateResult(
      this.#write(operation, options, () => updateDocuments(this.#store, filter, update, options)),
    );
  }

  #delete(operation: string, filter: unknown, options: Options, many: boolean) {
    const { deletedCount } = this.#write(operation, options, () =>
      deleteDocuments(this.#store, filter, { ...options, many }),
    );
    return { acknowledged: true, deletedCount };
  }
}
