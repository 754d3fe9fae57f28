import type { FeedDatabase } from '@tavolo/feed-kit';
import type { ReceptionStore } from './reception-store.ts';
import { createFacilityQueries } from './sqlite-facility-queries.ts';
import { createPersonQueries } from './sqlite-person-queries.ts';
import { createQualityQueries } from './sqlite-quality-queries.ts';

/** Reads the institution's SQLite file; the connection must not be the one the feeds write with. */
export function createSqliteReceptionStore(database: FeedDatabase): ReceptionStore {
  return {
    ...createFacilityQueries(database),
    ...createPersonQueries(database),
    ...createQualityQueries(database),
  };
}
