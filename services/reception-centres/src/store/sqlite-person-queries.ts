import type { FeedDatabase } from '@tavolo/feed-kit';
import type {
  AsylumStepRow,
  ExtensionRow,
  ImmediateReceptionRow,
  ReceptionEntryRow,
  ReceptionStore,
  ServiceDeliveredRow,
  StayRow,
} from './reception-store.ts';
import {
  immediateReceptionColumns,
  isIn,
  isNotProtected,
  isPresentNow,
  isReceivedIn,
  keyList,
  rowsOf,
  scopeList,
  stayColumns,
  stayJoins,
} from './sqlite-rows.ts';

type PersonQueries = Pick<
  ReceptionStore,
  | 'staysById'
  | 'staysByPerson'
  | 'staysByHousehold'
  | 'receptionEntryByPerson'
  | 'asylumStepsByPerson'
  | 'extensionsByPerson'
  | 'servicesByPerson'
  | 'immediateReceptionsByPerson'
  | 'immediateReceptionsById'
>;

/** Questions about people and households, each one statement for all the keys asked about. */
export function createPersonQueries(database: FeedDatabase): PersonQueries {
  const staysBy = (key: string) =>
    rowsOf<StayRow>(
      database,
      `SELECT * FROM (SELECT ${stayColumns}, row_number() OVER (PARTITION BY ${key}
          ORDER BY stay.entry_on DESC, stay.public_id) AS place
        FROM stay ${stayJoins} WHERE ${key} IN (SELECT value FROM json_each(?1))
          AND ${isNotProtected} AND ${isIn('facility.district', '?3')})
      WHERE place <= ?2 ORDER BY entryOn DESC, id`,
    );
  const stays = staysBy('person.sector_key');
  const householdStays = staysBy('household.sector_key');
  const staysById = rowsOf<StayRow>(
    database,
    `SELECT ${stayColumns} FROM stay ${stayJoins}
    WHERE stay.public_id IN (SELECT value FROM json_each(?1))
      AND ${isNotProtected} AND ${isIn('facility.district', '?2')}`,
  );
  const entries = rowsOf<ReceptionEntryRow>(
    database,
    `SELECT personKey, entryAt FROM (SELECT person.sector_key AS personKey, stay.entry_at AS entryAt,
        row_number() OVER (PARTITION BY stay.person_id
          ORDER BY ${isPresentNow} DESC, stay.entry_on DESC, stay.entry_at DESC) AS place
      FROM stay ${stayJoins} WHERE person.sector_key IN (SELECT value FROM json_each(?1))
        AND ${isNotProtected} AND ${isIn('facility.district', '?2')})
    WHERE place = 1`,
  );
  const listOf = <Row>(table: string, columns: string, order: string, scope = isReceivedIn('?3')) =>
    rowsOf<Row>(
      database,
      `SELECT * FROM (SELECT person.sector_key AS personKey, ${columns},
          row_number() OVER (PARTITION BY ${table}.person_id ORDER BY ${order} DESC, external_id) AS place
        FROM ${table} JOIN person ON person.id = ${table}.person_id
        WHERE person.sector_key IN (SELECT value FROM json_each(?1)) AND ${isNotProtected} AND ${scope})
      WHERE place <= ?2 ORDER BY personKey, place`,
    );
  const steps = listOf<AsylumStepRow>(
    'asylum_step',
    `kind, happened_on AS "on", registered_on AS registeredOn, decision,
      permit_ground AS permitGround, permit_valid_to AS permitValidTo`,
    'happened_on',
  );
  const extensions = listOf<ExtensionRow>(
    'extension',
    'requested_on AS requestedOn, decided_on AS decidedOn, reason',
    'requested_on',
  );
  const services = listOf<ServiceDeliveredRow>(
    'service_delivered',
    'area, hours, course_level AS courseLevel, from_day AS "from", to_day AS "to"',
    'from_day',
  );
  const receptions = listOf<ImmediateReceptionRow>(
    'immediate_reception',
    immediateReceptionColumns,
    'started_at',
    isIn('immediate_reception.district', '?3'),
  );
  const receptionsById = rowsOf<ImmediateReceptionRow>(
    database,
    `SELECT ${immediateReceptionColumns} FROM immediate_reception
    JOIN person ON person.id = immediate_reception.person_id
    WHERE public_id IN (SELECT value FROM json_each(?1))
      AND ${isNotProtected} AND ${isIn('district', '?2')}`,
  );
  return {
    staysById: async (ids, districts) => staysById(keyList(ids), scopeList(districts)),
    staysByPerson: async (keys, first, districts) =>
      stays(keyList(keys), first, scopeList(districts)),
    staysByHousehold: async (keys, first, districts) =>
      householdStays(keyList(keys), first, scopeList(districts)),
    receptionEntryByPerson: async (keys, districts) => entries(keyList(keys), scopeList(districts)),
    asylumStepsByPerson: async (keys, first, districts) =>
      steps(keyList(keys), first, scopeList(districts)),
    extensionsByPerson: async (keys, first, districts) =>
      extensions(keyList(keys), first, scopeList(districts)),
    servicesByPerson: async (keys, first, districts) =>
      services(keyList(keys), first, scopeList(districts)),
    immediateReceptionsByPerson: async (keys, first, districts) =>
      receptions(keyList(keys), first, scopeList(districts)),
    immediateReceptionsById: async (ids, districts) =>
      receptionsById(keyList(ids), scopeList(districts)),
  };
}
