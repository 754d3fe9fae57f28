import { sql, type Transaction } from 'kysely';
import type { IndexDatabase } from './index-database.ts';

/**
 * Refreshes the planner's statistics as the index grows: a first enrolment writes a province in a minute,
 * long before a server's own housekeeping looks, and the embedded database has none. Without statistics a
 * question about a thousand people takes ten times as long.
 */
export interface TableStatistics {
  /** Call inside each writing transaction, with the records it changed. */
  noteChanges(transaction: Transaction<IndexDatabase>, changed: number): Promise<void>;
}

const FEWEST_CHANGES = 400;
const GROWTH = 1.25;

/** Refreshes at ever longer distances, so that a large index does not pay at each batch. */
export function createTableStatistics(): TableStatistics {
  let changes = 0;
  let refreshAt = FEWEST_CHANGES;
  return {
    async noteChanges(transaction, changed) {
      changes += changed;
      if (changes < refreshAt) return;
      refreshAt = changes * GROWTH + FEWEST_CHANGES;
      await sql`ANALYZE person_index.record, person_index.household_member,
        person_index.link, person_index.doubt`.execute(transaction);
    },
  };
}
