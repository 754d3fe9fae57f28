import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FeedDatabase, openFeedDatabase } from './open-feed-database.ts';
import { prepareSql } from './prepare-sql.ts';

let folder = '';
let database: FeedDatabase;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prepare-sql-'));
  database = openFeedDatabase(path.join(folder, 'feed.sqlite'), [
    'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)',
  ]);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const insertText = 'INSERT INTO note (text) VALUES (?)';

describe('a prepared statement', () => {
  it('stores what it is given after one that failed, not what the failed one was given', () => {
    // With RETURNING and read by `get`: run again, the driver's own statement would store 'fff'.
    const insert = prepareSql(database, `${insertText} RETURNING id`);
    insert.tuple(['first']);
    database.exec('PRAGMA max_page_count = 2');
    expect(() => insert.tuple(['f'.repeat(50_000)])).toThrow(/full/u);
    database.exec('PRAGMA max_page_count = 1000000');
    insert.tuple(['after']);
    const texts = prepareSql(database, 'SELECT text FROM note ORDER BY id');
    expect(texts.tuples([])).toEqual([['first'], ['after']]);
  });

  it('also after a constraint has refused a row', () => {
    const insert = prepareSql(database, 'INSERT INTO note VALUES (?, ?)');
    insert.run([1, 'one']);
    expect(() => insert.run([1, 'again'])).toThrow(/UNIQUE/u);
    insert.run([2, 'two']);
    expect(prepareSql(database, 'SELECT * FROM note').tuples([])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
  });

  it('gives rows as objects or as arrays, and undefined when there is none', () => {
    const found = prepareSql(database, 'SELECT id, text FROM note WHERE id = ?');
    expect(found.tuple([1])).toBeUndefined();
    prepareSql(database, insertText).run(['one']);
    expect(found.tuple([1])).toEqual([1, 'one']);
    expect(found.get([1])).toMatchObject({ id: 1, text: 'one' });
  });
});
