import type { FeedDatabase } from '@tavolo/feed-kit';

export interface PresenceAlarms {
  /** Looks again at a facility's day, and at the sheet after it, which is compared with it. */
  review(facilityId: string, day: string, at: string): void;
}

/** Finds what in a sheet deserves a look and keeps it; a corrected sheet takes its old alarms away. */
export function createPresenceAlarms(database: FeedDatabase): PresenceAlarms {
  const clear = database.prepare(
    'DELETE FROM presence_alarm WHERE day = ?2 AND (facility_id = ?1 OR other_facility_id = ?1)',
  );
  const sheetOf = database
    .prepare(`SELECT id, present_count, row_count, stated_total, capacity FROM sheet
      WHERE facility_id = ? AND day = ? AND superseded_by IS NULL`)
    .raw();
  const before = database
    .prepare(`SELECT present_count FROM sheet WHERE facility_id = ? AND day < ? AND superseded_by IS NULL
      ORDER BY day DESC LIMIT 1`)
    .raw();
  const next = database
    .prepare(`SELECT day FROM sheet WHERE facility_id = ? AND day > ? AND superseded_by IS NULL
      ORDER BY day LIMIT 1`)
    .raw();
  const places = database.prepare('SELECT authorised_places FROM facility WHERE id = ?').raw();
  const elsewhere = database
    .prepare(`SELECT other.facility_id, count(*) FROM presence mine
      JOIN presence theirs ON theirs.person_id = mine.person_id AND theirs.sheet_id <> mine.sheet_id
      JOIN sheet other ON other.id = theirs.sheet_id
      WHERE mine.sheet_id = ?1 AND mine.present = 1 AND theirs.present = 1
        AND other.day = ?2 AND other.superseded_by IS NULL AND other.facility_id <> ?3
      GROUP BY other.facility_id`)
    .raw();
  const insert = database.prepare(
    'INSERT INTO presence_alarm VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  function reviewDay(facilityId: string, day: string, at: string): void {
    clear.run(facilityId, day);
    // Here and below: the columns are those of the statements.
    const sheet = sheetOf.get(facilityId, day) as
      | [number, number, number, number | null, number | null]
      | undefined;
    if (sheet === undefined) return;
    const [id, present, rows, stated, capacity] = sheet;
    const raise = (kind: string, expected: number, observed: number, other: string | null = null) =>
      insert.run(
        [day, kind, facilityId, ...(other === null ? [] : [other])].join('.'),
        kind,
        facilityId,
        other,
        day,
        at,
        expected,
        observed,
      );
    const [previous] = (before.get(facilityId, day) ?? [0]) as [number];
    // Below four guests a family leaving halves a flat: that is no sign of a broken sheet.
    if (previous >= 4 && present * 2 < previous) raise('ROWS_DOWN_BY_HALF', previous, present);
    const authorised =
      capacity ?? (places.get(facilityId) as [number | null] | undefined)?.[0] ?? null;
    if (authorised !== null && present > authorised) raise('ABOVE_CAPACITY', authorised, present);
    if (stated !== null && stated !== rows) raise('CONTROL_TOTAL_MISMATCH', stated, rows);
    for (const [other, people] of elsewhere.all(id, day, facilityId) as [string, number][]) {
      raise('SAME_PERSON_TWO_CENTRES', 0, people, other);
    }
  }

  return {
    review(facilityId, day, at) {
      reviewDay(facilityId, day, at);
      const following = next.get(facilityId, day) as [string] | undefined;
      if (following) reviewDay(facilityId, following[0], at);
    },
  };
}
