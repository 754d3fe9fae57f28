import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';

/** A connection to a feed's own SQLite file; synchronous, so one transaction cannot be interleaved. */
export type FeedDatabase = Database.Database;

/**
 * Opens (or makes) a feed's SQLite file in WAL with `synchronous=FULL`: what was committed survives a
 * power cut. Migrations run forward only; throws when one that has shipped was edited or removed.
 */
export function openFeedDatabase(file: string, migrations: readonly string[]): FeedDatabase {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    migrate(database, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function migrate(database: FeedDatabase, migrations: readonly string[]): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS feed_migration (version INTEGER PRIMARY KEY, sha256 TEXT NOT NULL)',
  );
  // The driver types rows as unknown; the columns are those of the statement.
  const applied = database
    .prepare('SELECT version, sha256 FROM feed_migration ORDER BY version')
    .all() as { version: number; sha256: string }[];
  for (const { version, sha256 } of applied) {
    const migration = migrations[version - 1];
    if (migration === undefined || sha256Of(migration) !== sha256) {
      throw new Error(`Migration ${version} was changed or removed after it had been applied`);
    }
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < applied.length) continue;
    const apply = database.transaction(() => {
      database.exec(migration);
      database
        .prepare('INSERT INTO feed_migration (version, sha256) VALUES (?, ?)')
        .run(index + 1, sha256Of(migration));
    });
    apply.immediate();
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
