import { type Kysely, sql } from 'kysely';
import type { IndexDatabase } from './index-database.ts';
import { type AccessEntry, MOST_REQUEST_IDS, type SectorKey } from './person-index-store.ts';

/** Adds to the list of who was asked about, for each institution's record of the person. */
export async function writeAccesses(
  db: Kysely<IndexDatabase>,
  accesses: readonly (SectorKey & AccessEntry)[],
): Promise<void> {
  if (accesses.length === 0) return;
  await sql`
    INSERT INTO person_index.access AS a (partner, sector_key, purpose, day, times, request_ids)
    SELECT noted.partner, noted.sector_key, noted.purpose, noted.day, noted.times,
      string_to_array(noted.request_ids, ',') FROM unnest(
      ${accesses.map(({ partner }) => partner)}::text[], ${accesses.map(({ sectorKey }) => sectorKey)}::text[],
      ${accesses.map(({ purpose }) => purpose)}::text[], ${accesses.map(({ day }) => day)}::date[],
      ${accesses.map(({ times }) => times)}::int[],
      ${accesses.map(({ requestIds }) => requestIds.join(','))}::text[])
      AS noted (partner, sector_key, purpose, day, times, request_ids)
    -- What was asked just before somebody was removed must not bring the key back.
    JOIN person_index.record AS r ON r.subject = 'people'
      AND r.partner = noted.partner AND r.sector_key = noted.sector_key AND r.sealed IS NOT NULL
    ON CONFLICT (partner, sector_key, purpose, day) DO UPDATE SET times = a.times + excluded.times,
      request_ids = (a.request_ids || excluded.request_ids)[1:${sql.lit(MOST_REQUEST_IDS)}]`.execute(
    db,
  );
}

/** Newest first; empty for a key that is not this institution's. */
export async function readAccesses(
  db: Kysely<IndexDatabase>,
  { partner, sectorKey }: SectorKey,
): Promise<AccessEntry[]> {
  const { rows } = await sql<AccessEntry>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, purpose, times, request_ids AS "requestIds"
    FROM person_index.access
    WHERE partner = ${partner} AND sector_key = ${sectorKey}
    ORDER BY day DESC, purpose LIMIT 1000`.execute(db);
  return rows;
}
