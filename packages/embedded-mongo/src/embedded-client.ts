import mongoose from 'mongoose';
import type { MongoDocument } from './bson-document.ts';
import { serverError } from './duplicate-key-error.ts';
import { EmbeddedCollection } from './embedded-collection.ts';
import { EmbeddedCursor } from './embedded-cursor.ts';
import { type DocumentFile, inWriteTransaction, openDocumentFile } from './open-document-file.ts';
import { refuseOtherMethods, refuseUnsupported } from './refuse-unsupported.ts';

const refusedCollectionOptions = [
  'capped',
  'timeseries',
  'viewOn',
  'validator',
  'collation',
  'expireAfterSeconds',
  'clusteredIndex',
  'encryptedFields',
];

/** Answers like the driver's `Db`. */
export class EmbeddedDatabase {
  readonly databaseName: string;
  readonly #file: DocumentFile;

  constructor(file: DocumentFile, databaseName: string) {
    this.#file = file;
    this.databaseName = databaseName;
    refuseOtherMethods(this, mongoose.mongo.Db);
  }

  collection(name: string): EmbeddedCollection {
    return new EmbeddedCollection(this.#file, this.databaseName, name);
  }

  async createCollection(name: string, options: MongoDocument = {}): Promise<EmbeddedCollection> {
    for (const option of refusedCollectionOptions) {
      if (options[option] !== undefined && options[option] !== false) {
        refuseUnsupported(`createCollection with option ${option}`);
      }
    }
    inWriteTransaction(this.#file, () =>
      this.#file
        .prepare('INSERT OR IGNORE INTO collections (database, name) VALUES (?, ?)')
        .run(this.databaseName, name),
    );
    return this.collection(name);
  }

  listCollections(filter: MongoDocument = {}) {
    const { name: wanted, ...rest } = filter;
    if (Object.keys(rest).length > 0 || (wanted !== undefined && typeof wanted !== 'string')) {
      refuseUnsupported('listCollections with a filter other than a name');
    }
    return new EmbeddedCursor(() => {
      const rows = this.#file
        .prepare('SELECT name FROM collections WHERE database = ? ORDER BY name')
        .all(this.databaseName) as { name: string }[]; // the one column selected
      return rows
        .filter(({ name }) => wanted === undefined || name === wanted)
        .map(({ name }) => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
        [Symbol.iterator]();
    }, [mongoose.mongo.AbstractCursor]);
  }

  async dropCollection(name: string): Promise<boolean> {
    return this.collection(name).drop();
  }

  async dropDatabase(): Promise<boolean> {
    for (const row of await this.listCollections().toArray()) {
      await this.dropCollection((row as { name: string }).name); // made above
    }
    return true;
  }

  async command(command: MongoDocument): Promise<MongoDocument> {
    const [name = ''] = Object.keys(command);
    if (name === 'ping') return { ok: 1 };
    if (name === 'hello' || name === 'isMaster')
      return { ok: 1, isWritablePrimary: true, readOnly: false };
    throw serverError(59, 'CommandNotFound', `embedded-mongo does not support the command ${name}`);
  }
}

/** Answers like the driver's `MongoClient`, over one SQLite file. */
export class EmbeddedClient {
  readonly #file: DocumentFile;
  readonly #defaultDatabase: string;

  constructor(path: string, defaultDatabase: string) {
    this.#file = openDocumentFile(path);
    this.#defaultDatabase = defaultDatabase;
    refuseOtherMethods(this, mongoose.mongo.MongoClient);
  }

  db(name: string = this.#defaultDatabase): EmbeddedDatabase {
    return new EmbeddedDatabase(this.#file, name);
  }

  async close(): Promise<void> {
    if (this.#file.open) this.#file.close();
  }
}
