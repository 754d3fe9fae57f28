import { afterPrefix } from './index-key.ts';
import type { DocumentFile } from './open-document-file.ts';
import type { Access } from './plan-access.ts';

interface DocumentRow {
  readonly seq: number;
  readonly id_key: string;
  readonly body: Uint8Array;
}

const batchSize = 256;

/** The SQL of one collection, prepared once per opened file and collection. */
export type Statements = ReturnType<typeof prepareStatements>;

/** Reads the rows an access leads to, in batches so that no read transaction stays open between them. */
export function* documentRows(
  sql: Statements,
  collection: number,
  access: Access,
): Generator<DocumentRow> {
  if (access.kind === 'ids') {
    for (const key of access.keys) {
      const row = sql.findById.get(collection, key);
      if (row !== undefined) yield row as DocumentRow;
    }
  } else if (access.kind === 'index') {
    const found = new Set<number>();
    for (const prefix of access.prefixes) {
      const entries = sql.findEntries.all(access.indexId, prefix, afterPrefix(prefix)) as {
        seq: number;
      }[];
      for (const { seq } of entries) found.add(seq);
    }
    for (const seq of [...found].sort((a, b) => a - b)) {
      const row = sql.findBySeq.get(seq);
      if (row !== undefined) yield row as DocumentRow;
    }
  } else if (access.kind === 'idOrder') {
    yield* inIdOrder(sql, collection, access);
  } else {
    let after = 0;
    for (;;) {
      const rows = sql.readAll.all(collection, after, batchSize) as DocumentRow[];
      yield* rows;
      const last = rows.at(-1);
      if (rows.length < batchSize || last === undefined) return;
      after = last.seq;
    }
  }
}

function* inIdOrder(
  sql: Statements,
  collection: number,
  { direction, from, to }: Extract<Access, { kind: 'idOrder' }>,
): Generator<DocumentRow> {
  // Small first: a page of a keyset list reads little more than itself.
  let size = 32;
  let low = from;
  let high = to;
  let inclusive = 1;
  for (;;) {
    const rows = (direction === 1 ? sql.readUpwards : sql.readDownwards).all(
      collection,
      low,
      high,
      direction === 1 ? low : high,
      inclusive,
      size,
    ) as DocumentRow[];
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < size || last === undefined) return;
    if (direction === 1) low = last.id_key;
    else high = last.id_key;
    inclusive = 0;
    size = batchSize;
  }
}

/** Prepares everything a collection asks of the file. */
export function prepareStatements(file: DocumentFile) {
  return {
    findCollection: file.prepare('SELECT id FROM collections WHERE database = ? AND name = ?'),
    createCollection: file.prepare('INSERT INTO collections (database, name) VALUES (?, ?)'),
    dropCollection: file.prepare('DELETE FROM collections WHERE id = ?'),
    dropDocuments: file.prepare('DELETE FROM documents WHERE collection = ?'),
    dropIndexes: file.prepare('DELETE FROM indexes WHERE collection = ?'),
    count: file.prepare('SELECT count(*) AS n FROM documents WHERE collection = ?'),
    findById: file.prepare(
      'SELECT seq, id_key, body FROM documents WHERE collection = ? AND id_key = ?',
    ),
    findBySeq: file.prepare('SELECT seq, id_key, body FROM documents WHERE seq = ?'),
    readAll: file.prepare(
      'SELECT seq, id_key, body FROM documents WHERE collection = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
    readUpwards: file.prepare(
      `SELECT seq, id_key, body FROM documents WHERE collection = ? AND id_key >= ? AND id_key <= ?
       AND (id_key <> ? OR ?) ORDER BY id_key LIMIT ?`,
    ),
    readDownwards: file.prepare(
      `SELECT seq, id_key, body FROM documents WHERE collection = ? AND id_key >= ? AND id_key <= ?
       AND (id_key <> ? OR ?) ORDER BY id_key DESC LIMIT ?`,
    ),
    insert: file.prepare('INSERT INTO documents (collection, id_key, body) VALUES (?, ?, ?)'),
    replace: file.prepare('UPDATE documents SET body = ? WHERE seq = ?'),
    remove: file.prepare('DELETE FROM documents WHERE seq = ?'),
    readIndexes: file.prepare(
      'SELECT id, definition FROM indexes WHERE collection = ? ORDER BY id',
    ),
    createIndex: file.prepare(
      'INSERT INTO indexes (collection, name, definition) VALUES (?, ?, ?)',
    ),
    dropIndex: file.prepare('DELETE FROM indexes WHERE id = ?'),
    clearIndex: file.prepare('DELETE FROM index_entries WHERE index_id = ?'),
    enter: file.prepare(
      'INSERT OR IGNORE INTO index_entries (index_id, key, seq) VALUES (?, ?, ?)',
    ),
    leave: file.prepare('DELETE FROM index_entries WHERE seq = ?'),
    findEntries: file.prepare(
      'SELECT seq FROM index_entries WHERE index_id = ? AND key >= ? AND key < ?',
    ),
    findOtherEntry: file.prepare(
      'SELECT seq FROM index_entries WHERE index_id = ? AND key = ? AND seq <> ? LIMIT 1',
    ),
  };
}
