import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';

/** The subgraph's own SQLite file; a copy of the source, without names and without local ids. */
export type StateDatabase = Database.Database;

/** Opens (or makes) the file: what was committed survives a power cut. Migrations run forward, once each. */
export function openDatabase(file: string, migrations: readonly string[]): StateDatabase {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  database.exec('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY)');
  const applied = database.prepare('SELECT count(*) AS n FROM migration').get() as { n: number }; // a count has one row
  for (const [index, migration] of migrations.entries()) {
    if (index < applied.n) continue;
    database.transaction(() => {
      database.exec(migration);
      database.prepare('INSERT INTO migration (version) VALUES (?)').run(index + 1);
    })();
  }
  return database;
}
