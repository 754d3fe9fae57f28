import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import type { DayPresences } from './day-presences.ts';

export interface PresenceAlarms {
  /** Looks again at a facility's day, and at the sheet after it, which is compared with it. */
  review(facilityId: string, day: string, at: string): void;
}

/** Finds what in a sheet deserves a look and keeps it; a corrected sheet takes its old alarms away. */
export function createPresenceAlarms(
  database: FeedDatabase,
  dayPresences: DayPresences,
): PresenceAlarms {
  const clear = prepareSql(
    database,
    'DELETE FROM presence_alarm WHERE day = ?2 AND (facility_id = ?1 OR other_facility_id = ?1)',
  );
  const sheetOf = prepareSql(
    database,
    `SELECT present_count, row_count, stated_total, capacity FROM sheet
      WHERE facility_id = ? AND day = ? AND superseded_by IS NULL`,
  );
  const before = prepareSql(
    database,
    `SELECT present_count FROM sheet WHERE facility_id = ? AND day < ? AND superseded_by IS NULL
      ORDER BY day DESC LIMIT 1`,
  );
  const next = prepareSql(
    database,
    `SELECT day FROM sheet WHERE facility_id = ? AND day > ? AND superseded_by IS NULL
      ORDER BY day LIMIT 1`,
  );
  const places = prepareSql(database, 'SELECT authorised_places FROM facility WHERE id = ?');
  const insert = prepareSql(
    database,
    'INSERT INTO presence_alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  function reviewDay(facilityId: string, day: string, at: string): void {
    clear.run([facilityId, day]);
    const sheet = sheetOf.tuple<[number, number, number | null, number | null]>([facilityId, day]);
    if (sheet === undefined) return;
    const [present, rows, stated, capacity] = sheet;
    const raise = (kind: string, expected: number, observed: number, other: string | null = null) =>
      insert.run([
        [day, kind, facilityId, ...(other === null ? [] : [other])].join('.'),
        kind,
        facilityId,
        other,
        day,
        at,
        expected,
        observed,
      ]);
    const [previous] = before.tuple<[number]>([facilityId, day]) ?? [0];
    // Below four guests a family leaving halves a flat: that is no sign of a broken sheet.
    if (previous >= 4 && present * 2 < previous) raise('ROWS_DOWN_BY_HALF', previous, present);
    const authorised = capacity ?? places.tuple<[number | null]>([facilityId])?.[0] ?? null;
    if (authorised !== null && present > authorised) raise('ABOVE_CAPACITY', authorised, present);
    if (stated !== null && stated !== rows) raise('CONTROL_TOTAL_MISMATCH', stated, rows);
    for (const [other, people] of dayPresences.sharedWith(facilityId, day)) {
      raise('SAME_PERSON_TWO_CENTRES', 0, people, other);
    }
  }

  return {
    review(facilityId, day, at) {
      reviewDay(facilityId, day, at);
      const following = next.tuple<[string]>([facilityId, day]);
      if (following) reviewDay(facilityId, following[0], at);
    },
  };
}
