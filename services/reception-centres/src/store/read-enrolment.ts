import type { FeedDatabase } from '@tavolo/feed-kit';
import type { HouseholdToEnrol, PersonAttributes, PersonToEnrol } from '@tavolo/linkage';
import type { LocalIdentifier } from '../feed/person-record.ts';
import { romeDay } from '../feed/rome-instant.ts';
import { protectedVulnerabilities } from '../protected-vulnerabilities.ts';
import { rowsOf } from './sqlite-rows.ts';

/** How many are read at once: the whole list would hold the event loop. */
const slice = 500;

interface PersonRow extends PersonAttributes {
  readonly id: number;
  readonly sectorKey: string;
  readonly identifiers: string;
  readonly firstEntryOn: string | null;
  /** Of an immediate reception: when it was asked for, accepted or began. */
  readonly firstReceptionAt: string | null;
  readonly closedOn: string | null;
  readonly isRestricted: number;
}

/**
 * Everybody the centres know, with every identifier ever written down; their own numbers stay at home. An
 * exit that is announced for a day after `today` closes nothing yet. Who was merged into another is left out:
 * whatever they had is the other's, and no answer of the graph has their key any more.
 */
export async function* peopleToEnrol(
  database: FeedDatabase,
  today: () => string,
): AsyncIterable<PersonToEnrol> {
  const read = rowsOf<PersonRow>(
    database,
    `SELECT person.id, sector_key AS sectorKey, (SELECT json_group_array(json_object(
        'kind', kind, 'value', value, 'validFrom', valid_from))
      FROM person_identifier WHERE person_id = person.id
        AND kind NOT IN ('CENTRE_GUEST', 'SAI_GUEST')) AS identifiers,
      name, birth_date AS birthDate, sex, citizenship,
      (SELECT min(entry_on) FROM stay WHERE stay.person_id = person.id) AS firstEntryOn,
      (SELECT min(min(started_at, coalesce(requested_at, started_at), coalesce(accepted_at, started_at)))
        FROM immediate_reception WHERE immediate_reception.person_id = person.id) AS firstReceptionAt,
      (SELECT CASE WHEN count(*) = count(CASE WHEN exit_on <= ?2 THEN 1 END) THEN max(exit_on) END
        FROM stay WHERE stay.person_id = person.id) AS closedOn,
      EXISTS (SELECT 1 FROM immediate_reception WHERE immediate_reception.person_id = person.id
        AND vulnerability_category IN (SELECT value FROM json_each(?3))) AS isRestricted
    FROM person LEFT JOIN person_attributes ON person_attributes.person_id = person.id
    WHERE merged_into IS NULL AND person.id > ?1 ORDER BY person.id LIMIT ${slice}`,
  );
  const categories = JSON.stringify(protectedVulnerabilities);
  let last = 0;
  for (;;) {
    const day = today();
    const rows = read(last, day, categories);
    if (rows.length === 0) return;
    for (const { id, sectorKey, identifiers, closedOn, isRestricted, ...row } of rows) {
      last = id;
      // Written by the statement above.
      const parsed = JSON.parse(identifiers) as (LocalIdentifier & { validFrom: string | null })[];
      const { name, birthDate, sex, citizenship } = row;
      const knownSince = firstDay(row);
      yield {
        sectorKey,
        identifiers: parsed.flatMap(toEnrol),
        attributes: { name, birthDate, sex, citizenship },
        isRestricted: isRestricted === 1,
        // A day that has not come says nothing: they are known already.
        ...(knownSince === undefined || knownSince > day ? {} : { knownSince }),
        ...(closedOn === null ? {} : { closedOn }),
      };
    }
    await new Promise(setImmediate);
  }
}

/** The first day of the first stay or immediate reception. */
function firstDay({
  firstEntryOn,
  firstReceptionAt,
}: Pick<PersonRow, 'firstEntryOn' | 'firstReceptionAt'>): string | undefined {
  const receivedOn = firstReceptionAt === null ? null : romeDay(new Date(firstReceptionAt));
  return [firstEntryOn, receivedOn].filter((day) => day !== null).sort()[0];
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
