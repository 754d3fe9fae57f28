import { type FeedDatabase, openFeedDatabase } from '@tavolo/feed-kit';
import { healthMigrations } from './health-migrations.ts';

/** Opens the institution's own store; raw messages that are let go are overwritten, not only unlinked. */
export function openHealthDatabase(file: string): FeedDatabase {
  const database = openFeedDatabase(file, healthMigrations);
  database.pragma('secure_delete = ON');
  return database;
}
