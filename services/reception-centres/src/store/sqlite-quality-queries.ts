import type { FeedDatabase } from '@tavolo/feed-kit';
import type {
  ImmediateReceptionRow,
  PresenceAlarmRow,
  ReceptionStore,
  RejectionRow,
  StayRow,
} from './reception-store.ts';
import {
  immediateReceptionColumns,
  isIn,
  isNotProtected,
  rowsOf,
  scopeList,
  stayColumns,
  stayJoins,
} from './sqlite-rows.ts';

type QualityQueries = Pick<
  ReceptionStore,
  'everyStay' | 'immediateReceptions' | 'presenceAlarms' | 'rejections'
>;

/** The lists that are asked for by themselves. */
export function createQualityQueries(database: FeedDatabase): QualityQueries {
  const receptions = rowsOf<ImmediateReceptionRow>(
    database,
    `SELECT ${immediateReceptionColumns} FROM immediate_reception
    JOIN person ON person.id = immediate_reception.person_id
    WHERE ${isIn('district', '?1')} AND (?6 OR ${isNotProtected}) AND (?2 IS NULL OR substr(started_at, 1, 10) >= ?2)
      AND (?3 IS NULL OR substr(started_at, 1, 10) <= ?3)
      AND (?4 IS NULL OR public_id > ?4) ORDER BY public_id LIMIT ?5`,
  );
  const stays = rowsOf<StayRow>(
    database,
    `SELECT ${stayColumns} FROM stay ${stayJoins}
    WHERE (?1 IS NULL OR stay.public_id > ?1) ORDER BY stay.public_id LIMIT ?2`,
  );
  // Whether a centre is silent depends on the clock, so that alarm is worked out when asked for.
  const alarms = rowsOf<PresenceAlarmRow>(
    database,
    `WITH alarm AS (
      SELECT id, kind, facility_id, other_facility_id, day, detected_at, expected, observed
      FROM presence_alarm
      UNION ALL
      SELECT date(latest_sheet_day, '+2 days') || '.SILENT_TWO_DAYS.' || id, 'SILENT_TWO_DAYS', id, NULL,
        date(latest_sheet_day, '+2 days'), date(latest_sheet_day, '+2 days') || 'T00:00:00Z', 1,
        CAST(julianday(?4) - julianday(latest_sheet_day) AS INTEGER)
      FROM facility WHERE latest_sheet_day IS NOT NULL
        AND julianday(?4) - julianday(latest_sheet_day) >= 2 AND (open_to IS NULL OR open_to >= ?4))
    SELECT alarm.id, kind, day, detected_at AS detectedAt, expected, observed,
      facility_id AS facilityId, other_facility_id AS otherFacilityId
    FROM alarm JOIN facility ON facility.id = facility_id
    WHERE ${isIn('facility.district', '?1')} AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR day >= ?3)
      AND (?5 IS NULL OR alarm.id < ?5)
    ORDER BY alarm.id DESC LIMIT ?6`,
  );
  const rejections = rowsOf<RejectionRow>(
    database,
    `SELECT CAST(id AS TEXT) AS id, source, line, field, reason, at FROM rejection
    WHERE (?1 IS NULL OR id < CAST(?1 AS INTEGER)) ORDER BY rejection.id DESC LIMIT ?2`,
  );
  return {
    everyStay: async ({ size, afterId }) => stays(afterId ?? null, size + 1),
    immediateReceptions: async ({ districts, from, to, isForFigures }, { size, afterId }) => {
      const rows = receptions(
        scopeList(districts),
        from,
        to,
        afterId ?? null,
        size + 1,
        isForFigures ? 1 : 0,
      );
      return isForFigures ? rows.map((row) => ({ ...row, personKey: null })) : rows;
    },
    presenceAlarms: async ({ districts, kind, since }, today, { size, afterId }) =>
      alarms(scopeList(districts), kind, since, today, afterId ?? null, size + 1),
    rejections: async ({ size, afterId }) => rejections(afterId ?? null, size + 1),
  };
}
