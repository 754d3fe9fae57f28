import mongoose from 'mongoose';
import {
  decodeDocument,
  encodeDocument,
  isPlainDocument,
  type MongoDocument,
} from './bson-document.ts';
import { documentRows, prepareStatements } from './document-rows.ts';
import { duplicateKeyError, serverError } from './duplicate-key-error.ts';
import { type IndexDefinition, indexKeysOf } from './index-definition.ts';
import { encodeKey } from './index-key.ts';
import type { DocumentFile } from './open-document-file.ts';
import type { Access } from './plan-access.ts';

/** A document and its place in insertion order. */
export interface StoredDocument {
  readonly seq: number;
  readonly document: MongoDocument;
}

/** An index and its row in the file. */
export interface StoredIndex {
  readonly id: number;
  readonly definition: IndexDefinition;
}

/** Documents of one collection in the file; everything here is synchronous and knows no query language. */
export interface CollectionStore {
  readonly namespace: string;
  exists(): boolean;
  create(): void;
  drop(): void;
  count(): number;
  /** Undoes what `work` wrote when it throws, inside a transaction that goes on. */
  atomically(work: () => void): void;
  insert(document: MongoDocument): void;
  replace(seq: number, document: MongoDocument): void;
  remove(seq: number): void;
  /** Reads lazily, some hundred documents at a time, so that a writer never waits for a slow reader. */
  read(access: Access): Generator<StoredDocument>;
  indexes(): readonly StoredIndex[];
  createIndex(definition: IndexDefinition): void;
  dropIndex(name: string): boolean;
}

const { EJSON } = mongoose.mongo.BSON;

export function createCollectionStore(
  file: DocumentFile,
  database: string,
  name: string,
): CollectionStore {
  const namespace = `${database}.${name}`;
  const sql = prepareStatements(file);

  // Asked each time: another connection to the same file may have made or dropped it.
  const findId = () => (sql.findCollection.get(database, name) as { id: number } | undefined)?.id;
  const readIndexes = (collection: number): StoredIndex[] =>
    (sql.readIndexes.all(collection) as { id: number; definition: string }[]).map((row) => ({
      id: row.id,
      definition: parseDefinition(row.definition),
    }));
  const ensureId = () => {
    const existing = findId();
    if (existing !== undefined) return existing;
    sql.createCollection.run(database, name);
    return findId() ?? 0;
  };

  function enter(index: StoredIndex, document: MongoDocument, seq: number): void {
    for (const key of indexKeysOf(index.definition, document)) {
      if (index.definition.unique && sql.findOtherEntry.get(index.id, key, seq) !== undefined) {
        throw duplicateKeyError(
          namespace,
          index.definition.name,
          index.definition.key,
          valuesOf(index.definition, document),
        );
      }
      sql.enter.run(index.id, key, seq);
    }
  }

  return {
    namespace,
    exists: () => findId() !== undefined,
    create: () => void ensureId(),
    drop() {
      const collection = findId();
      if (collection === undefined) return;
      for (const { id } of readIndexes(collection)) sql.clearIndex.run(id);
      sql.dropIndexes.run(collection);
      sql.dropDocuments.run(collection);
      sql.dropCollection.run(collection);
    },
    count: () => (sql.count.get(findId() ?? -1) as { n: number }).n,
    atomically(work) {
      file.exec('SAVEPOINT operation');
      try {
        work();
        file.exec('RELEASE operation');
      } catch (error) {
        file.exec('ROLLBACK TO operation; RELEASE operation');
        throw error;
      }
    },
    insert(document) {
      const collection = ensureId();
      const idKey = encodeKey(document['_id']);
      if (sql.findById.get(collection, idKey) !== undefined) {
        throw duplicateKeyError(namespace, '_id_', { _id: 1 }, { _id: document['_id'] });
      }
      const { lastInsertRowid } = sql.insert.run(collection, idKey, encodeDocument(document));
      for (const index of readIndexes(collection)) enter(index, document, Number(lastInsertRowid));
    },
    replace(seq, document) {
      sql.replace.run(encodeDocument(document), seq);
      const indexes = readIndexes(ensureId());
      if (indexes.length === 0) return;
      sql.leave.run(seq);
      for (const index of indexes) enter(index, document, seq);
    },
    remove(seq) {
      sql.leave.run(seq);
      sql.remove.run(seq);
    },
    *read(access) {
      const collection = findId();
      if (collection === undefined) return;
      for (const row of documentRows(sql, collection, access)) {
        yield { seq: row.seq, document: decodeDocument(row.body) };
      }
    },
    indexes() {
      const collection = findId();
      return collection === undefined ? [] : readIndexes(collection);
    },
    createIndex(definition) {
      const collection = ensureId();
      const existing = readIndexes(collection).find(
        (index) => index.definition.name === definition.name,
      );
      if (existing) {
        if (EJSON.stringify(existing.definition) === EJSON.stringify(definition)) return;
        throw serverError(
          86,
          'IndexKeySpecsConflict',
          `An index named ${definition.name} exists with other options`,
        );
      }
      sql.createIndex.run(collection, definition.name, EJSON.stringify(definition));
      const created = readIndexes(collection).find(
        (index) => index.definition.name === definition.name,
      );
      if (!created) return;
      for (const { seq, document } of this.read({ kind: 'all' })) enter(created, document, seq);
    },
    dropIndex(indexName) {
      const index = this.indexes().find(({ definition }) => definition.name === indexName);
      if (!index) return false;
      sql.clearIndex.run(index.id);
      sql.dropIndex.run(index.id);
      return true;
    },
  };
}

const parsedDefinitions = new Map<string, IndexDefinition>();

/** Every write looks at the indexes; there are few, and their text never changes. */
function parseDefinition(text: string): IndexDefinition {
  const known = parsedDefinitions.get(text);
  if (known) return known;
  const parsed = EJSON.parse(text) as IndexDefinition; // written by createIndex above
  parsedDefinitions.set(text, parsed);
  return parsed;
}

function valuesOf(definition: IndexDefinition, document: MongoDocument): MongoDocument {
  return Object.fromEntries(
    Object.keys(definition.key).map((path) => [
      path,
      path
        .split('.')
        .reduce<unknown>(
          (value, field) => (isPlainDocument(value) ? value[field] : undefined),
          document,
        ),
    ]),
  );
}
