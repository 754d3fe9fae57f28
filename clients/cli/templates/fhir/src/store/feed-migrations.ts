import { stateMigrations } from './state-migrations.ts';

/** What a feed of messages needs beside the rows: which messages came, and how old what is known is. */
export const feedMigrations: readonly string[] = [
  ...stateMigrations,
  `CREATE TABLE message (
     control_id TEXT PRIMARY KEY,
     digest TEXT NOT NULL,
     received_at TEXT NOT NULL,
     reason TEXT,
     body BLOB
   );
   CREATE INDEX message_by_time ON message (received_at);
   CREATE TABLE applied (id TEXT PRIMARY KEY, recorded_at TEXT NOT NULL);`,
];
