import type { FeedDatabase } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';

/** One guest's line on a sheet, the person resolved. */
export interface PresenceLine {
  readonly person: number;
  readonly present: boolean;
  /** As stated on the sheet, else null. */
  readonly entryOn: string | null;
  readonly entryAt: string | null;
  readonly exitOn: string | null;
}

export interface SheetStays {
  /** The day of entry a line without one belongs to: that of the running stay, else the sheet's day. */
  entryOf(facilityId: string, person: number, day: string): string;
  /** Opens and prolongs stays from one sheet's lines, all with a day of entry. */
  extend(facility: SheetFacility, day: string, lines: readonly DatedLine[]): void;
  /** Derives a person's stays in a facility anew from the sheets in force. */
  rebuild(facility: SheetFacility, person: number): void;
  /** Ends the stays of those who were on none of the sheets that followed. */
  close(facilityId: string, day: string): void;
}

export type DatedLine = PresenceLine & { readonly entryOn: string };

export interface SheetFacility {
  readonly id: string;
  readonly receptionType: string;
}

/** Days without a line after which a guest without a stated entry counts as a new one. */
const gapDays = 7;

/**
 * Stays as presence sheets show them: one for each person, facility and day of entry, so that sheets may
 * come in any order. `absentSheets` sheets without a guest end the stay on the first of them.
 */
export function createSheetStays(
  database: FeedDatabase,
  sectorKeySecret: string,
  absentSheets: number,
): SheetStays {
  const runningEntry = database
    .prepare(`SELECT entry_on FROM stay WHERE source = 'SHEET' AND facility_id = ? AND person_id = ?
      AND entry_on <= ? AND last_seen >= ? ORDER BY entry_on DESC LIMIT 1`)
    .raw();
  const upsert = database.prepare(`
    INSERT INTO stay (public_id, source, facility_id, person_id, reception_type, entry_on, entry_at,
      first_seen, last_seen, listed_exit_on)
    SELECT value ->> 0, 'SHEET', ?1, value ->> 1, ?2, value ->> 2, value ->> 3, ?3, ?3, value ->> 4
    FROM json_each(?4) WHERE true
    ON CONFLICT (facility_id, person_id, entry_on) WHERE source = 'SHEET' DO UPDATE SET
      entry_at = coalesce(excluded.entry_at, entry_at),
      listed_exit_on = coalesce(excluded.listed_exit_on, listed_exit_on),
      exit_on = CASE WHEN excluded.last_seen > last_seen THEN NULL ELSE exit_on END,
      first_seen = min(first_seen, excluded.first_seen),
      last_seen = max(last_seen, excluded.last_seen)`);
  const listExit = database.prepare(`UPDATE stay SET listed_exit_on = ?
    WHERE source = 'SHEET' AND facility_id = ? AND person_id = ? AND entry_on = ?`);
  const linesInForce = database
    .prepare(`SELECT sheet.day, presence.present, presence.entry_on, presence.entry_at, presence.exit_on
      FROM presence JOIN sheet ON sheet.id = presence.sheet_id
      WHERE presence.person_id = ? AND sheet.facility_id = ? AND sheet.superseded_by IS NULL
      ORDER BY sheet.day`)
    .raw();
  const removeStays = database.prepare(
    `DELETE FROM stay WHERE source = 'SHEET' AND facility_id = ? AND person_id = ?`,
  );
  const closeAbsent = database.prepare(`
    UPDATE stay SET exit_on = CASE
      WHEN listed_exit_on IS NOT NULL THEN listed_exit_on
      WHEN (SELECT count(*) FROM sheet WHERE sheet.facility_id = stay.facility_id
        AND superseded_by IS NULL AND sheet.day > stay.last_seen) >= ?1
      THEN (SELECT min(day) FROM sheet WHERE sheet.facility_id = stay.facility_id
        AND superseded_by IS NULL AND sheet.day > stay.last_seen)
      END
    WHERE source = 'SHEET' AND facility_id = ?2 AND (exit_on IS NULL OR exit_on >= ?3)`);

  function extend(facility: SheetFacility, day: string, lines: readonly DatedLine[]): void {
    const present = lines.filter((line) => line.present);
    const rows = present.map((line) => [
      deriveSectorKey(sectorKeySecret, 'stay', `${facility.id}|${line.person}|${line.entryOn}`),
      line.person,
      line.entryOn,
      line.entryAt,
      line.exitOn,
    ]);
    upsert.run(facility.id, facility.receptionType, day, JSON.stringify(rows));
    for (const line of lines) {
      if (!line.present && line.exitOn !== null) {
        listExit.run(line.exitOn, facility.id, line.person, line.entryOn);
      }
    }
  }

  return {
    extend,
    entryOf(facilityId, person, day) {
      const since = new Date(Date.parse(`${day}T00:00:00Z`) - gapDays * 86_400_000);
      // The statement has one column.
      const running = runningEntry.get(facilityId, person, day, since.toISOString().slice(0, 10)) as
        | [string]
        | undefined;
      return running?.[0] ?? day;
    },
    rebuild(facility, person) {
      removeStays.run(facility.id, person);
      // The columns are those of the statement.
      const lines = linesInForce.all(person, facility.id) as [
        string,
        number,
        string,
        string | null,
        string | null,
      ][];
      for (const [day, present, entryOn, entryAt, exitOn] of lines) {
        extend(facility, day, [{ person, present: present === 1, entryOn, entryAt, exitOn }]);
      }
    },
    close: (facilityId, day) => void closeAbsent.run(absentSheets, facilityId, day),
  };
}
