import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';

export type DocumentFile = Database.Database;

const schema = `
  CREATE TABLE IF NOT EXISTS collections (
    id INTEGER PRIMARY KEY, database TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (database, name));
  CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, id_key TEXT NOT NULL,
    body BLOB NOT NULL, UNIQUE (collection, id_key));
  CREATE INDEX IF NOT EXISTS documents_in_order ON documents (collection, seq);
  CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
    UNIQUE (collection, name));
  CREATE TABLE IF NOT EXISTS index_entries (
    index_id INTEGER NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (index_id, key, seq)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS index_entries_of_document ON index_entries (seq);
`;

/** Opens or makes the SQLite file; a committed write survives a crash and a power cut (WAL, synchronous FULL). */
export function openDocumentFile(file: string): DocumentFile {
  mkdirSync(path.dirname(file), { recursive: true });
  // Another process may hold the write lock for one batch; wait instead of failing.
  const database = new Database(file, { timeout: 10_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(schema);
  return database;
}

/** Runs `work` in one write transaction; what it threw is thrown again after undoing everything. */
export function inWriteTransaction<T>(database: DocumentFile, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
