import { type FeedDatabase, prepareSql, type Sql } from '@tavolo/feed-kit';
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
     FROM json_each(?) request
     JOIN person ON person.sector_key = request.value ->> 'personKey'
     JOIN event ON event.key = (
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
  const read = <Row>(statement: Sql, keys: readonly string[], size: number) =>
    statement.all<OfPerson<Row>>([JSON.stringify([...new Set(keys)]), size]);

  return {
    eventsOf: async (keys, size) => read<EventColumns>(events, keys, size).map(toEvent),
    async firstEvents(requests) {
      const rows = first.all<EventColumns & { place: number }>([JSON.stringify(requests)]);
      const byPlace = new Map(rows.map((row) => [row.place, toEvent(row)]));
      return requests.map((_request, place) => byPlace.get(place) ?? null);
    },
    registrationsOf: async (keys, size) => read<RegistrationRow>(registrations, keys, size),
    flagsOf: async (keys, size) => read<VulnerabilityFlagRow>(flags, keys, size),
    screeningsOf: async (keys, size) => read<ScreeningRow>(screenings, keys, size),
  };
}

/** Parameters: a JSON array of sector keys, rows per person. A person merged away has the survivor's rows. */
function newestOfEach(table: string, columns: string, order: string): string {
  return `
    SELECT * FROM (
      SELECT asked.value AS personKey, ${columns},
        row_number() OVER (PARTITION BY asked.value ORDER BY ${order}) AS place
      FROM json_each(?) asked
      JOIN person ON person.sector_key = asked.value
      JOIN ${table} ON ${table}.local_id = coalesce(person.merged_into, person.local_id)
    ) WHERE place <= ? ORDER BY personKey, place`;
}

function toEvent<Row extends EventColumns>(row: Row) {
  const { isMapped, mediation, ...event } = row;
  return {
    ...event,
    isServiceMapped: isMapped === 1,
    languageMediation: mediation === null ? null : mediation === 1,
  };
}
