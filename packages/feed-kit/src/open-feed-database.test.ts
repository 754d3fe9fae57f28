import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFeedDatabase } from './open-feed-database.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'feed-db-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const first = 'CREATE TABLE drop_file (sha256 TEXT PRIMARY KEY)';

describe('a feed database', () => {
  it('keeps what was committed and applies only the migrations that are new', () => {
    const file = path.join(folder, 'deep', 'feed.sqlite');
    const before = openFeedDatabase(file, [first]);
    before.prepare('INSERT INTO drop_file VALUES (?)').run('x');
    before.close();
    const after = openFeedDatabase(file, [first, 'ALTER TABLE drop_file ADD COLUMN name TEXT']);
    expect(after.prepare('SELECT sha256, name FROM drop_file').raw().all()).toEqual([['x', null]]);
    after.close();
  });

  it('writes through to the disk: WAL with synchronous=FULL', () => {
    const database = openFeedDatabase(path.join(folder, 'feed.sqlite'), []);
    expect(database.prepare('PRAGMA journal_mode').raw().all()).toEqual([['wal']]);
    expect(database.prepare('PRAGMA synchronous').raw().all()).toEqual([[2]]);
    database.close();
  });

  it('refuses a migration that was edited after it had been applied', () => {
    const file = path.join(folder, 'feed.sqlite');
    openFeedDatabase(file, [first]).close();
    expect(() => openFeedDatabase(file, [`${first} STRICT`])).toThrow('Migration 1 was changed');
  });

  it('leaves nothing behind of a migration that fails half-way', () => {
    const file = path.join(folder, 'feed.sqlite');
    expect(() => openFeedDatabase(file, [`${first}; CREATE TABLE drop_file (x)`])).toThrow();
    expect(() => openFeedDatabase(file, [first]).close()).not.toThrow();
  });
});
