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
  isPresentNow,
  keyList,
  rowsOf,
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
        FROM stay ${stayJoins} WHERE ${key} IN (SELECT value FROM json_each(?1)))
      WHERE place <= ?2 ORDER BY entryOn DESC, id`,
    );
  const stays = staysBy('person.sector_key');
  const householdStays = staysBy('household.sector_key');
  const staysById = rowsOf<StayRow>(
    database,
    `SELECT ${stayColumns} FROM stay ${stayJoins}
    WHERE stay.public_id IN (SELECT value FROM json_each(?))`,
  );
  const entries = rowsOf<ReceptionEntryRow>(
    database,
    `SELECT personKey, entryAt FROM (SELECT person.sector_key AS personKey, stay.entry_at AS entryAt,
        row_number() OVER (PARTITION BY stay.person_id
          ORDER BY ${isPresentNow} DESC, stay.entry_on DESC, stay.entry_at DESC) AS place
      FROM stay ${stayJoins} WHERE person.sector_key IN (SELECT value FROM json_each(?1)))
    WHERE place = 1`,
  );
  const listOf = <Row>(table: string, columns: string, order: string) =>
    rowsOf<Row>(
      database,
      `SELECT * FROM (SELECT person.sector_key AS personKey, ${columns},
          row_number() OVER (PARTITION BY ${table}.person_id ORDER BY ${order} DESC, external_id) AS place
        FROM ${table} JOIN person ON person.id = ${table}.person_id
        WHERE person.sector_key IN (SELECT value FROM json_each(?1)))
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
  );
  const receptionsById = rowsOf<ImmediateReceptionRow>(
    database,
    `SELECT ${immediateReceptionColumns} FROM immediate_reception
    JOIN person ON person.id = immediate_reception.person_id
    WHERE public_id IN (SELECT value FROM json_each(?))`,
  );
  return {
    staysById: async (ids) => staysById(keyList(ids)),
    staysByPerson: async (keys, first) => stays(keyList(keys), first),
    staysByHousehold: async (keys, first) => householdStays(keyList(keys), first),
    receptionEntryByPerson: async (keys) => entries(keyList(keys)),
    asylumStepsByPerson: async (keys, first) => steps(keyList(keys), first),
    extensionsByPerson: async (keys, first) => extensions(keyList(keys), first),
    servicesByPerson: async (keys, first) => services(keyList(keys), first),
    immediateReceptionsByPerson: async (keys, first) => receptions(keyList(keys), first),
    immediateReceptionsById: async (ids) => receptionsById(keyList(ids)),
  };
}
