import { sql, type Transaction } from 'kysely';
import type { Partner } from '../partner.ts';
import type { IndexDatabase } from './index-database.ts';
import { forgetPairs, leaveProtection } from './write-records.ts';

export interface ForgetOptions {
  /** RFC 3339. */
  readonly now: string;
  /** `YYYY-MM-DD`. */
  readonly forgetClosedBefore: string;
  /** `YYYY-MM-DD`. */
  readonly forgetAccessesBefore: string;
}

/** Most records in one go; the next sweep takes the rest. */
const MOST_AT_ONCE = 5_000;

/**
 * Forgets whom institutions closed long ago: the encodings and everything derived from them. Key and version stay,
 * so that the institution need not send again what would be forgotten again. Answers their keys.
 */
export async function forgetExpired(
  transaction: Transaction<IndexDatabase>,
  { now, forgetClosedBefore, forgetAccessesBefore }: ForgetOptions,
): Promise<Map<Partner, string[]>> {
  await sql`DELETE FROM person_index.access WHERE day < ${forgetAccessesBefore}::date`.execute(
    transaction,
  );
  const { rows: expiring } = await sql<{ partner: Partner; sector_key: string }>`
    SELECT partner, sector_key FROM person_index.record
    WHERE subject = 'people' AND sealed IS NOT NULL AND closed_on < ${forgetClosedBefore}::date
    ORDER BY closed_on, partner, sector_key LIMIT ${MOST_AT_ONCE}`.execute(transaction);
  for (const partner of new Set(expiring.map((row) => row.partner))) {
    const own = expiring.filter((row) => row.partner === partner);
    await leaveProtection(
      transaction,
      partner,
      own.map((row) => row.sector_key),
    );
  }
  const { rows } = await sql<{ partner: Partner; sector_key: string; cluster_id: string }>`
    UPDATE person_index.record r SET sealed = NULL, rule = NULL, confidence = NULL,
      cluster_id = gen_random_uuid(), is_withheld = true
    FROM (
      SELECT partner, sector_key, cluster_id FROM person_index.record
      WHERE subject = 'people' AND sealed IS NOT NULL AND closed_on < ${forgetClosedBefore}::date
      ORDER BY closed_on, partner, sector_key LIMIT ${MOST_AT_ONCE}) AS old
    WHERE r.subject = 'people' AND r.partner = old.partner AND r.sector_key = old.sector_key
    RETURNING r.partner, r.sector_key, old.cluster_id`.execute(transaction);
  const keysOf = new Map<Partner, string[]>();
  for (const { partner, sector_key } of rows) {
    keysOf.set(partner, [...(keysOf.get(partner) ?? []), sector_key]);
  }
  for (const [partner, keys] of keysOf) {
    await forgetPairs(transaction, partner, keys);
    await sql`
      DELETE FROM person_index.household_member
      WHERE partner = ${partner} AND member_key = ANY(${keys}::text[])`.execute(transaction);
  }
  if (rows.length > 0) {
    await sql`
      INSERT INTO person_index.event (at, kind, cluster_id, refs)
      SELECT ${now}::timestamptz, 'EXPIRED', cluster_id, ARRAY[]::text[]
      FROM unnest(${rows.map((row) => row.cluster_id)}::uuid[]) AS e (cluster_id)`.execute(
      transaction,
    );
  }
  return keysOf;
}
