import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
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
  const runningEntry = prepareSql(
    database,
    `SELECT entry_on FROM stay WHERE source = 'SHEET' AND facility_id = ? AND person_id = ?
      AND entry_on <= ? AND last_seen >= ? ORDER BY entry_on DESC LIMIT 1`,
  );
  const upsert = prepareSql(
    database,
    `
    INSERT INTO stay (public_id, source, facility_id, person_id, reception_type, entry_on, entry_at,
      first_seen, last_seen, listed_exit_on)
    SELECT value ->> 0, 'SHEET', ?1, value ->> 1, ?2, value ->> 2, value ->> 3, ?3, ?3, value ->> 4
    FROM json_each(?4) WHERE true
    ON CONFLICT (facility_id, person_id, entry_on) WHERE source = 'SHEET' DO UPDATE SET
      entry_at = coalesce(excluded.entry_at, entry_at),
      listed_exit_on = coalesce(excluded.listed_exit_on, listed_exit_on),
      exit_on = CASE WHEN excluded.last_seen > last_seen THEN NULL ELSE exit_on END,
      first_seen = min(first_seen, excluded.first_seen),
      last_seen = max(last_seen, excluded.last_seen)`,
  );
  const listExit = prepareSql(
    database,
    `UPDATE stay SET listed_exit_on = ?
    WHERE source = 'SHEET' AND facility_id = ? AND person_id = ? AND entry_on = ?`,
  );
  const linesInForce = prepareSql(
    database,
    `SELECT sheet.day, presence.present, presence.entry_on, presence.entry_at, presence.exit_on
      FROM presence JOIN sheet ON sheet.id = presence.sheet_id
      WHERE presence.person_id = ? AND sheet.facility_id = ? AND sheet.superseded_by IS NULL
      ORDER BY sheet.day`,
  );
  const removeStays = prepareSql(
    database,
    `DELETE FROM stay WHERE source = 'SHEET' AND facility_id = ? AND person_id = ?`,
  );
  // Only stays whose end changes are written: most guests are on every sheet.
  const closeAbsent = prepareSql(
    database,
    `
    UPDATE stay SET exit_on = ending.exit_on FROM (
      SELECT id, CASE
        WHEN listed_exit_on IS NOT NULL THEN listed_exit_on
        WHEN EXISTS (SELECT 1 FROM sheet WHERE sheet.facility_id = ?2 AND superseded_by IS NULL
          AND sheet.day > candidate.last_seen LIMIT 1 OFFSET ?1 - 1)
        THEN (SELECT min(day) FROM sheet WHERE sheet.facility_id = ?2
          AND superseded_by IS NULL AND sheet.day > candidate.last_seen)
        END AS exit_on
      FROM stay AS candidate
      WHERE source = 'SHEET' AND facility_id = ?2 AND (exit_on IS NULL OR exit_on >= ?3)) AS ending
    WHERE stay.id = ending.id AND stay.exit_on IS NOT ending.exit_on`,
  );
  const idOf = createStayIds(sectorKeySecret);

  function extend(facility: SheetFacility, day: string, lines: readonly DatedLine[]): void {
    const present = lines.filter((line) => line.present);
    const rows = present.map((line) => [
      idOf(`${facility.id}|${line.person}|${line.entryOn}`),
      line.person,
      line.entryOn,
      line.entryAt,
      line.exitOn,
    ]);
    upsert.run([facility.id, facility.receptionType, day, JSON.stringify(rows)]);
    for (const line of lines) {
      if (!line.present && line.exitOn !== null) {
        listExit.run([line.exitOn, facility.id, line.person, line.entryOn]);
      }
    }
  }

  return {
    extend,
    entryOf(facilityId, person, day) {
      const since = new Date(Date.parse(`${day}T00:00:00Z`) - gapDays * 86_400_000);
      const running = runningEntry.tuple<[string]>([
        facilityId,
        person,
        day,
        since.toISOString().slice(0, 10),
      ]);
      return running?.[0] ?? day;
    },
    rebuild(facility, person) {
      removeStays.run([facility.id, person]);
      const lines = linesInForce.tuples<[string, number, string, string | null, string | null]>([
        person,
        facility.id,
      ]);
      for (const [day, present, entryOn, entryAt, exitOn] of lines) {
        extend(facility, day, [{ person, present: present === 1, entryOn, entryAt, exitOn }]);
      }
    },
    close: (facilityId, day) => void closeAbsent.run([absentSheets, facilityId, day]),
  };
}

/** More running stays than a province has; the memory of a backfill stays bounded. */
const idsKept = 100_000;

/** A stay is met again on each day it lasts, and its keyed hash costs more than the row it is written to. */
function createStayIds(sectorKeySecret: string): (localId: string) => string {
  const known = new Map<string, string>();
  return (localId) => {
    let id = known.get(localId);
    if (id === undefined) {
      id = deriveSectorKey(sectorKeySecret, 'stay', localId);
      if (known.size >= idsKept) known.clear();
      known.set(localId, id);
    }
    return id;
  };
}
