import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { DistrictScope } from '@tavolo/subgraph-kit';
import { protectedVulnerabilities } from '../protected-vulnerabilities.ts';

/** A prepared statement whose rows have the shape its SELECT list spells out; the one place that says so. */
export function rowsOf<Row>(
  database: FeedDatabase,
  sql: string,
): (...parameters: (string | number | null)[]) => Row[] {
  // libsql adds bookkeeping to objects: only the columns are kept.
  const columns = database
    .prepare(sql)
    .columns()
    .map((column) => column.name);
  const statement = prepareSql(database, sql);
  return (...parameters) =>
    statement
      .tuples(parameters)
      .map(
        (row) =>
          Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])) as Row,
      );
}

export const keyList = (keys: readonly string[]): string => JSON.stringify(keys);

/** Districts as a parameter of `isIn`. */
export const scopeList = (districts: DistrictScope): string | null =>
  districts === null ? null : JSON.stringify(districts);

/** Whether a district is among those of this parameter, where null is all of them. */
export const isIn = (district: string, parameter: string): string =>
  `(${parameter} IS NULL OR ${district} IN (SELECT value FROM json_each(${parameter})))`;

const categories = protectedVulnerabilities.map((category) => `'${category}'`).join(', ');

/** Whoever may be looked for by those they fled from is in no row: neither listed, nor masked, nor a gap. */
export const isNotProtected = `NOT EXISTS (SELECT 1 FROM immediate_reception known
  WHERE known.person_id = person.id AND known.vulnerability_category IN (${categories}))`;

/** Somebody whom a centre or a desk of these districts has received. */
export const isReceivedIn = (parameter: string): string => `(${parameter} IS NULL
  OR EXISTS (SELECT 1 FROM stay received JOIN facility place ON place.id = received.facility_id
    WHERE received.person_id = person.id AND ${isIn('place.district', parameter)})
  OR EXISTS (SELECT 1 FROM immediate_reception received
    WHERE received.person_id = person.id AND ${isIn('received.district', parameter)}))`;

/** Columns of a stay as the graph needs them; `person` is joined by the caller's FROM. */
export const stayColumns = `stay.public_id AS id, stay.facility_id AS facilityId,
  person.sector_key AS personKey, household.sector_key AS householdKey, stay.source,
  stay.reception_type AS receptionType, stay.entry_on AS entryOn, stay.entry_at AS entryAt,
  stay.exit_on AS exitOn, stay.exit_reason AS exitReason,
  stay.entry_registered_on AS entryRegisteredOn, stay.exit_registered_on AS exitRegisteredOn,
  (SELECT count(*) FROM extension WHERE extension.person_id = stay.person_id
    AND extension.requested_on >= stay.entry_on
    AND (stay.exit_on IS NULL OR extension.requested_on <= stay.exit_on)) AS extensionCount,
  EXISTS (SELECT 1 FROM immediate_reception passed WHERE passed.person_id = stay.person_id)
    AS passedImmediateReception`;

export const stayJoins = `JOIN person ON person.id = stay.person_id
  LEFT JOIN household ON household.code = person.household_code
  JOIN facility ON facility.id = stay.facility_id`;

/** On the facility's newest sheet, or entered by an export and not gone. */
export const isPresentNow = `(CASE stay.source WHEN 'SHEET' THEN stay.last_seen = facility.latest_sheet_day
  AND (stay.exit_on IS NULL OR stay.exit_on > facility.latest_sheet_day) ELSE stay.exit_on IS NULL END)`;

export const immediateReceptionColumns = `immediate_reception.public_id AS id,
  person.sector_key AS personKey, facility_id AS facilityId, desk_id AS deskId, district,
  referrer_type AS referrerType, requested_at AS requestedAt, accepted_at AS acceptedAt,
  started_at AS startedAt, first_social_at AS firstSocialAt, first_health_at AS firstHealthAt,
  vulnerability_category AS vulnerabilityCategory, permit_status AS permitStatusAtEntry,
  planned_end_on AS plannedEndOn, ended_at AS endedAt, exit_destination AS exitDestination,
  household_size AS householdSize`;
