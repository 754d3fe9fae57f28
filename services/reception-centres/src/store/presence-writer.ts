import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import { createDayPresences } from './day-presences.ts';
import { createPresenceAlarms } from './presence-alarms.ts';
import { createSheetStays, type DatedLine, type PresenceLine } from './sheet-stays.ts';

/** One sheet, facility and people resolved, as it enters the store. */
export interface SheetToWrite {
  readonly facility: { readonly id: string; readonly receptionType: string };
  readonly day: string;
  readonly sha256: string;
  readonly modifiedAt: string;
  readonly receivedAt: string;
  readonly lines: readonly PresenceLine[];
  /** Rows that say "present", those that were refused included: what the totals row should be. */
  readonly rowCount: number;
  readonly statedTotal: number | null;
  readonly capacity: number | null;
  readonly reserved: number | null;
  readonly outOfService: number | null;
}

export interface PresenceWriter {
  /** Keeps the sheet; of two for one centre and day the newer is in force and the other stays as history. */
  write(sheet: SheetToWrite): void;
  /** Moves a person's lines and stays to the person they turned out to be. */
  movePerson(from: number, into: number): void;
  /** Forgets what a transaction that was rolled back had added. */
  forget(): void;
}

/** All of it inside the caller's transaction. */
export function createPresenceWriter(
  database: FeedDatabase,
  sectorKeySecret: string,
  absentSheets: number,
): PresenceWriter {
  const stays = createSheetStays(database, sectorKeySecret, absentSheets);
  const dayPresences = createDayPresences(database);
  const alarms = createPresenceAlarms(database, dayPresences);
  const inForce = prepareSql(
    database,
    `SELECT id, modified_at, (SELECT max(version) FROM sheet all_versions
        WHERE all_versions.facility_id = sheet.facility_id AND all_versions.day = sheet.day)
      FROM sheet WHERE facility_id = ? AND day = ? AND superseded_by IS NULL`,
  );
  const insertSheet = prepareSql(
    database,
    `INSERT INTO sheet (facility_id, day, version, sha256, modified_at, received_at,
        present_count, row_count, stated_total, capacity, reserved, out_of_service, superseded_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  const supersede = prepareSql(database, 'UPDATE sheet SET superseded_by = ? WHERE id = ?');
  const insertLines = prepareSql(
    database,
    `INSERT INTO presence
    SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?2)`,
  );
  const linesOf = prepareSql(
    database,
    'SELECT person_id, entry_on FROM presence WHERE sheet_id = ?',
  );
  const latestDay = prepareSql(
    database,
    `UPDATE facility SET latest_sheet_day = max(coalesce(latest_sheet_day, ''), ?) WHERE id = ?`,
  );
  const facilitiesOf = prepareSql(
    database,
    `SELECT DISTINCT sheet.facility_id, facility.reception_type FROM presence
      JOIN sheet ON sheet.id = presence.sheet_id JOIN facility ON facility.id = sheet.facility_id
      WHERE presence.person_id = ?`,
  );
  const moveLines = prepareSql(
    database,
    'UPDATE OR IGNORE presence SET person_id = ? WHERE person_id = ?',
  );
  const dropLines = prepareSql(database, 'DELETE FROM presence WHERE person_id = ?');
  const dropStays = prepareSql(
    database,
    `DELETE FROM stay WHERE source = 'SHEET' AND person_id = ?`,
  );
  const moveStays = prepareSql(database, 'UPDATE stay SET person_id = ? WHERE person_id = ?');

  return {
    write(sheet) {
      const { facility, day } = sheet;
      const lines: DatedLine[] = sheet.lines.map((line) => ({
        ...line,
        entryOn: line.entryOn ?? stays.entryOf(facility.id, line.person, day),
      }));
      const current = inForce.tuple<[number, string, number]>([facility.id, day]);
      const isOlder = current !== undefined && sheet.modifiedAt < current[1];
      const inserted = insertSheet.tuple<[number]>([
        facility.id,
        day,
        (current?.[2] ?? 0) + 1,
        sheet.sha256,
        sheet.modifiedAt,
        sheet.receivedAt,
        lines.filter((line) => line.present).length,
        sheet.rowCount,
        sheet.statedTotal,
        sheet.capacity,
        sheet.reserved,
        sheet.outOfService,
        isOlder ? current[0] : null,
      ]);
      if (inserted === undefined) throw new Error('a sheet written has an id');
      const [id] = inserted;
      const rows = lines.map((line) => [
        line.person,
        line.present ? 1 : 0,
        line.entryOn,
        line.entryAt,
        line.exitOn,
      ]);
      insertLines.run([id, JSON.stringify(rows)]);
      if (isOlder) return;
      latestDay.run([day, facility.id]);
      if (current === undefined) stays.extend(facility, day, lines);
      else {
        supersede.run([id, current[0]]);
        const before = linesOf.tuples<[number, string]>([current[0]]);
        const touched = new Set([
          ...before.map(([person]) => person),
          ...lines.map((line) => line.person),
        ]);
        for (const person of touched) stays.rebuild(facility, person);
      }
      stays.close(facility.id, day);
      dayPresences.put(
        facility.id,
        day,
        lines.filter((line) => line.present).map((line) => line.person),
      );
      alarms.review(facility.id, day, sheet.receivedAt);
    },
    forget: () => dayPresences.forget(),
    movePerson(from, into) {
      dayPresences.forget();
      const facilities = facilitiesOf.tuples<[string, string]>([from]);
      moveLines.run([into, from]);
      dropLines.run([from]);
      dropStays.run([from]);
      moveStays.run([into, from]);
      for (const [id, receptionType] of facilities) {
        stays.rebuild({ id, receptionType }, into);
        stays.close(id, '');
      }
    },
  };
}
