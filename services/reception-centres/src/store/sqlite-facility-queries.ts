import type { FeedDatabase } from '@tavolo/feed-kit';
import type {
  DailyPresenceRow,
  FacilityRow,
  OccupancyRow,
  ReceptionStore,
  StayRow,
} from './reception-store.ts';
import {
  isIn,
  isNotProtected,
  isPresentNow,
  keyList,
  rowsOf,
  scopeList,
  stayColumns,
  stayJoins,
} from './sqlite-rows.ts';

const facilityColumns = `id, reception_type AS receptionType, managing_body AS managingBody,
  titular_body AS titularBody, municipality AS municipalityCode, authorised_places AS authorisedPlaces,
  active_places AS activePlaces, target_category AS targetCategory, open_from AS openFrom,
  open_to AS openTo, project_code AS projectCode, cig`;

type FacilityQueries = Pick<
  ReceptionStore,
  | 'facilities'
  | 'facilitiesById'
  | 'guestsByFacility'
  | 'staysByFacility'
  | 'occupancyByFacility'
  | 'dailyPresencesByFacility'
>;

/** Questions about facilities, each one statement for all the facilities asked about. */
export function createFacilityQueries(database: FeedDatabase): FacilityQueries {
  const facilities = rowsOf<FacilityRow>(
    database,
    `SELECT ${facilityColumns} FROM facility
    WHERE ${isIn('district', '?1')} AND (?2 IS NULL OR reception_type = ?2)
      AND (?3 IS NULL OR id > ?3) ORDER BY id LIMIT ?4`,
  );
  const byId = rowsOf<FacilityRow>(
    database,
    `SELECT ${facilityColumns} FROM facility WHERE id IN (SELECT value FROM json_each(?1)) AND ${isIn('district', '?2')}`,
  );
  const staysOf = (condition: string) =>
    rowsOf<StayRow>(
      database,
      `SELECT * FROM (SELECT ${stayColumns},
        row_number() OVER (PARTITION BY stay.facility_id ORDER BY stay.public_id) AS place
      FROM stay ${stayJoins}
      WHERE stay.facility_id IN (SELECT value FROM json_each(?1)) AND ${isNotProtected} AND ${condition})
      WHERE place <= ?3 ORDER BY facilityId, id`,
    );
  const guests = staysOf(`?2 IS NULL AND ${isPresentNow}`);
  const stays = staysOf('(?2 IS NULL OR stay.public_id > ?2)');
  const dailyPresences = rowsOf<DailyPresenceRow>(
    database,
    `SELECT facility_id AS facilityId, day, present_count AS count, version,
      CASE WHEN version > 1 THEN received_at END AS correctedAt
    FROM sheet WHERE facility_id IN (SELECT value FROM json_each(?1)) AND day BETWEEN ?2 AND ?3
      AND superseded_by IS NULL ORDER BY facility_id, day`,
  );
  // Centres count by sheet; the others by the stays that cover the day.
  const occupancy = rowsOf<OccupancyRow>(
    database,
    `WITH RECURSIVE days (day) AS (
      SELECT ?2 UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < ?3),
    counted AS (
      SELECT facility_id, day, present_count AS occupied, reserved, out_of_service FROM sheet
      WHERE facility_id IN (SELECT value FROM json_each(?1)) AND day BETWEEN ?2 AND ?3
        AND superseded_by IS NULL
      UNION ALL
      SELECT facility.id, days.day, (SELECT count(*) FROM stay WHERE stay.facility_id = facility.id
          AND stay.entry_on <= days.day AND (stay.exit_on IS NULL OR stay.exit_on > days.day)), NULL, NULL
      FROM facility JOIN days
      WHERE facility.id IN (SELECT value FROM json_each(?1)) AND facility.latest_sheet_day IS NULL)
    SELECT facility_id AS facilityId, day, occupied, reserved, out_of_service AS outOfService,
      max(0, coalesce(facility.active_places, facility.authorised_places) - occupied
        - coalesce(reserved, 0) - coalesce(out_of_service, 0)) AS free
    FROM counted JOIN facility ON facility.id = facility_id ORDER BY facility_id, day`,
  );
  return {
    facilities: async ({ districts, receptionType }, { size, afterId }) =>
      facilities(scopeList(districts), receptionType, afterId ?? null, size + 1),
    facilitiesById: async (ids, districts) => byId(keyList(ids), scopeList(districts)),
    guestsByFacility: async (ids, first) => guests(keyList(ids), null, first),
    staysByFacility: async (ids, { size, afterId }) =>
      stays(keyList(ids), afterId ?? null, size + 1),
    occupancyByFacility: async (ids, { from, to }) => occupancy(keyList(ids), from, to),
    dailyPresencesByFacility: async (ids, { from, to }) => dailyPresences(keyList(ids), from, to),
  };
}
