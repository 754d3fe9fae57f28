import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { deriveRef } from '../derive-ref.ts';
import type { IndexDatabase } from './index-database.ts';

/** Whose references the table keeps: the purpose the coordination table's facts are loaded for. */
export const TABLE_PURPOSE = 'table-facts';

/**
 * By what the coordination table knows people, kept beside their cluster ids: an HMAC cannot be turned round, and
 * deriving everybody's to find one would be a walk through the whole index.
 */
export interface PersonRefs {
  readonly of: (clusterId: string) => string;
  /** Brings the table in line with who is who now; does nothing while nobody wrote to the index. */
  readonly fill: (db: Kysely<IndexDatabase>) => Promise<void>;
}

/** Rows that one statement should not outgrow. */
const ROWS_PER_PART = 10_000;

export function createPersonRefs(refSecret: string): PersonRefs {
  /** Another secret makes other references: what was kept under the one before does not count. */
  const secretCheck = createHmac('sha256', refSecret)
    .update('tavolo/person-index/ref-check')
    .digest('base64url');
  const refOf = (clusterId: string) => deriveRef(refSecret, TABLE_PURPOSE, 'person', clusterId);
  let filledAt: string | undefined;
  let lastFill: Promise<void> = Promise.resolve();

  async function fill(db: Kysely<IndexDatabase>): Promise<void> {
    // Read before the records: what is written meanwhile makes another revision, and another fill.
    const revision = await readRevision(db);
    if (revision === filledAt) return;
    await sql`
      DELETE FROM person_index.person_ref AS p
      WHERE p.secret_check <> ${secretCheck} OR NOT EXISTS (
        SELECT FROM person_index.record r WHERE r.subject = 'people' AND r.cluster_id = p.cluster_id)`.execute(
      db,
    );
    const { rows } = await sql<{ cluster_id: string }>`
      SELECT DISTINCT r.cluster_id FROM person_index.record r
      WHERE r.subject = 'people' AND NOT EXISTS (
        SELECT FROM person_index.person_ref p WHERE p.cluster_id = r.cluster_id)`.execute(db);
    const ids = rows.map((row) => row.cluster_id);
    for (let start = 0; start < ids.length; start += ROWS_PER_PART) {
      const part = ids.slice(start, start + ROWS_PER_PART);
      await sql`
        INSERT INTO person_index.person_ref (cluster_id, ref, secret_check)
        SELECT n.cluster_id, n.ref, ${secretCheck}
        FROM unnest(${part}::uuid[], ${part.map(refOf)}::text[]) AS n (cluster_id, ref)
        ON CONFLICT (cluster_id) DO UPDATE
          SET ref = excluded.ref, secret_check = excluded.secret_check`.execute(db);
    }
    filledAt = revision;
  }

  return {
    of: refOf,
    fill(db) {
      // One at a time: two requests at once would do the same work twice.
      const mine = lastFill.then(() => fill(db));
      lastFill = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function readRevision(db: Kysely<IndexDatabase>): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    SELECT epoch || '/' || revision AS revision FROM person_index.identity`.execute(db);
  return rows[0]?.revision ?? '';
}
