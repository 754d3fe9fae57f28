import { type FeedDatabase, prepareSql, type Sql } from '@tavolo/feed-kit';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import type {
  HealthEventRow,
  OfPerson,
  RegistrationRow,
  ScreeningRow,
  VulnerabilityFlagRow,
} from './health-rows.ts';
import type { HealthStore } from './health-store.ts';

type EventColumns = Omit<HealthEventRow, 'isServiceMapped' | 'languageMediation'> & {
  readonly isMapped: number;
  readonly mediation: number | null;
};

const eventColumns =
  'event.public_id AS id, event.at, event.service_type AS serviceType, event.is_mapped AS isMapped, event.mediation';

/** The lists below a person: one statement for all the people of a request. */
export function createLibsqlPersonLists(
  database: FeedDatabase,
): Pick<HealthStore, 'eventsOf' | 'firstEvents' | 'registrationsOf' | 'flagsOf' | 'screeningsOf'> {
  const events = prepareSql(
    database,
    newestOfEach('event', eventColumns, 'event.at DESC, event.key'),
  );
  const first = prepareSql(
    database,
    `SELECT request.key AS place, ${eventColumns}
     FROM json_each(?1) request
     JOIN person ON person.sector_key = request.value ->> 'personKey'
     JOIN event ON ${isRegisteredIn('?2')} AND event.key = (
       SELECT candidate.key FROM event candidate
       WHERE candidate.local_id = coalesce(person.merged_into, person.local_id)
         AND candidate.at >= coalesce(request.value ->> 'notBefore', '')
       ORDER BY candidate.at, candidate.key LIMIT 1)`,
  );
  const registrations = prepareSql(
    database,
    newestOfEach(
      'registration',
      `registration.kind, nullif(registration.from_on, '') AS "from", registration.to_on AS "to", registration.district`,
      'registration.from_on DESC, registration.kind',
    ),
  );
  const flags = prepareSql(
    database,
    newestOfEach(
      'flag',
      'flag.public_id AS id, flag.category, flag.level, flag.at, flag.source_service AS sourceService',
      'flag.at DESC, flag.key',
    ),
  );
  const screenings = prepareSql(
    database,
    newestOfEach(
      'screening',
      'screening.programme, screening.offered_on AS offeredOn, screening.accepted_on AS acceptedOn',
      'screening.offered_on DESC, screening.programme',
    ),
  );
  const read = <Row>(
    statement: Sql,
    keys: readonly string[],
    size: number,
    districts: DistrictScope,
  ) =>
    statement.all<OfPerson<Row>>([JSON.stringify([...new Set(keys)]), size, scopeList(districts)]);

  return {
    eventsOf: async (keys, size, districts) =>
      read<EventColumns>(events, keys, size, districts).map(toEvent),
    async firstEvents(requests, districts) {
      const rows = first.all<EventColumns & { place: number }>([
        JSON.stringify(requests),
        scopeList(districts),
      ]);
      const byPlace = new Map(rows.map((row) => [row.place, toEvent(row)]));
      return requests.map((_request, place) => byPlace.get(place) ?? null);
    },
    registrationsOf: async (keys, size, districts) =>
      read<RegistrationRow>(registrations, keys, size, districts),
    flagsOf: async (keys, size, districts) =>
      read<VulnerabilityFlagRow>(flags, keys, size, districts),
    screeningsOf: async (keys, size, districts) =>
      read<ScreeningRow>(screenings, keys, size, districts),
  };
}

const scopeList = (districts: DistrictScope): string | null =>
  districts === null ? null : JSON.stringify(districts);

/**
 * Somebody registered in one of these districts, now or once; where nothing says in which, nobody of a district.
 * The parameter is a JSON array of districts, null for the whole province.
 */
function isRegisteredIn(parameter: string): string {
  return `(${parameter} IS NULL OR EXISTS (SELECT 1 FROM registration known
    WHERE known.local_id = coalesce(person.merged_into, person.local_id)
      AND known.district IN (SELECT value FROM json_each(${parameter}))))`;
}

/** Parameters: a JSON array of sector keys, rows per person, districts. A person merged away has the survivor's rows. */
function newestOfEach(table: string, columns: string, order: string): string {
  return `
    SELECT * FROM (
      SELECT asked.value AS personKey, ${columns},
        row_number() OVER (PARTITION BY asked.value ORDER BY ${order}) AS place
      FROM json_each(?1) asked
      JOIN person ON person.sector_key = asked.value AND ${isRegisteredIn('?3')}
      JOIN ${table} ON ${table}.local_id = coalesce(person.merged_into, person.local_id)
    ) WHERE place <= ?2 ORDER BY personKey, place`;
}

function toEvent<Row extends EventColumns>(row: Row) {
  const { isMapped, mediation, ...event } = row;
  return {
    ...event,
    isServiceMapped: isMapped === 1,
    languageMediation: mediation === null ? null : mediation === 1,
  };
}
