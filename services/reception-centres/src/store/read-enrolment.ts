import type { FeedDatabase } from '@tavolo/feed-kit';
import type { HouseholdToEnrol, PersonToEnrol } from '@tavolo/linkage';
import type { LocalIdentifier } from '../feed/person-record.ts';
import { rowsOf } from './sqlite-rows.ts';

/** How many are read at once: the whole list would hold the event loop. */
const slice = 500;

/** Everybody the centres know, with every identifier ever written down; their own numbers stay at home. */
export async function* peopleToEnrol(database: FeedDatabase): AsyncIterable<PersonToEnrol> {
  const read = rowsOf<{ id: number; sectorKey: string; identifiers: string }>(
    database,
    `SELECT person.id, sector_key AS sectorKey, (SELECT json_group_array(json_object(
        'kind', kind, 'value', value, 'validFrom', valid_from))
      FROM person_identifier WHERE person_id = person.id
        AND kind NOT IN ('CENTRE_GUEST', 'SAI_GUEST')) AS identifiers
    FROM person WHERE merged_into IS NULL AND id > ?1 ORDER BY id LIMIT ${slice}`,
  );
  let last = 0;
  for (let rows = read(last); rows.length > 0; rows = read(last)) {
    for (const { id, sectorKey, identifiers } of rows) {
      last = id;
      // Written by the statement above.
      const parsed = JSON.parse(identifiers) as (LocalIdentifier & { validFrom: string | null })[];
      yield { sectorKey, identifiers: parsed.flatMap(toEnrol) };
    }
    await new Promise(setImmediate);
  }
}

function toEnrol({ kind, value, validFrom }: LocalIdentifier & { validFrom: string | null }) {
  if (kind === 'CENTRE_GUEST' || kind === 'SAI_GUEST') return [];
  return [{ kind, value, ...(validFrom === null ? {} : { validFrom }) }];
}

/** Households with the code as issued here, which other institutions may have copied. */
export async function* householdsToEnrol(database: FeedDatabase): AsyncIterable<HouseholdToEnrol> {
  const read = rowsOf<{ code: string; sectorKey: string; members: string }>(
    database,
    `SELECT code, sector_key AS sectorKey, (SELECT json_group_array(person.sector_key) FROM person
      WHERE household_code = code AND merged_into IS NULL) AS members
    FROM household WHERE code > ?1 ORDER BY code LIMIT ${slice}`,
  );
  let last = '';
  for (let rows = read(last); rows.length > 0; rows = read(last)) {
    for (const { code, sectorKey, members } of rows) {
      last = code;
      // Written by the statement above.
      const memberSectorKeys = JSON.parse(members) as string[];
      yield { sectorKey, codes: [`reception-centres:${code}`], memberSectorKeys };
    }
    await new Promise(setImmediate);
  }
}
