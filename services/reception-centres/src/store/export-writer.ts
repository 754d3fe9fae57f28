import { type FeedDatabase, prepareSql } from '@tavolo/feed-kit';
import { deriveSectorKey } from '@tavolo/linkage';

/** A stay as an export states it; authoritative, never derived. */
export interface StayToWrite {
  readonly source: 'SAI' | 'IMMEDIATE';
  readonly externalId: string;
  readonly facilityId: string;
  readonly person: number;
  readonly receptionType: string;
  readonly entryOn: string;
  readonly entryAt: string | null;
  readonly exitOn: string | null;
  readonly exitReason: string | null;
  readonly entryRegisteredOn: string | null;
  readonly exitRegisteredOn: string | null;
  readonly exportDay: string;
}

/** Tables that are written row by row, keyed by the source's own id. */
export type ExportTable = 'immediate_reception' | 'asylum_step' | 'extension' | 'service_delivered';

export type ExportRow = Readonly<Record<string, string | number | null>>;

export interface ExportWriter {
  writeStay(stay: StayToWrite): void;
  /** Gives the case its public id. */
  writeImmediateReception(externalId: string, row: ExportRow): void;
  /** `row` has the table's columns; an older export never overwrites a newer one. */
  write(table: ExportTable, row: ExportRow): void;
  movePerson(from: number, into: number): void;
}

const columns: Readonly<Record<ExportTable, readonly string[]>> = {
  immediate_reception: [
    'external_id',
    'public_id',
    'person_id',
    'facility_id',
    'desk_id',
    'district',
    'referrer_type',
    'requested_at',
    'accepted_at',
    'started_at',
    'first_social_at',
    'first_health_at',
    'vulnerability_category',
    'permit_status',
    'planned_end_on',
    'ended_at',
    'exit_destination',
    'household_size',
    'export_day',
  ],
  asylum_step: [
    'external_id',
    'person_id',
    'kind',
    'happened_on',
    'registered_on',
    'decision',
    'permit_ground',
    'permit_valid_to',
    'export_day',
  ],
  extension: ['external_id', 'person_id', 'requested_on', 'decided_on', 'reason', 'export_day'],
  service_delivered: [
    'external_id',
    'person_id',
    'area',
    'hours',
    'course_level',
    'from_day',
    'to_day',
    'export_day',
  ],
};

/** All of it inside the caller's transaction. */
export function createExportWriter(database: FeedDatabase, sectorKeySecret: string): ExportWriter {
  const upsertStay = prepareSql(
    database,
    `
    INSERT INTO stay (public_id, source, external_id, facility_id, person_id, reception_type, entry_on,
      entry_at, exit_on, exit_reason, entry_registered_on, exit_registered_on, export_day)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source, external_id) WHERE external_id IS NOT NULL DO UPDATE SET
      facility_id = excluded.facility_id, person_id = excluded.person_id,
      entry_on = excluded.entry_on, entry_at = excluded.entry_at, exit_on = excluded.exit_on,
      exit_reason = excluded.exit_reason, entry_registered_on = excluded.entry_registered_on,
      exit_registered_on = excluded.exit_registered_on, export_day = excluded.export_day
    WHERE excluded.export_day >= stay.export_day`,
  );
  const tables = Object.keys(columns) as ExportTable[]; // the record's own keys
  const upserts = new Map(
    tables.map((table) => {
      const names = columns[table];
      const updates = names.slice(1).map((name) => `${name} = excluded.${name}`);
      return [
        table,
        prepareSql(
          database,
          `INSERT INTO ${table} (${names.join(', ')})
          VALUES (${names.map(() => '?').join(', ')})
          ON CONFLICT (external_id) DO UPDATE SET ${updates.join(', ')}
          WHERE excluded.export_day >= ${table}.export_day`,
        ),
      ] as const;
    }),
  );
  const moves = tables.map((table) =>
    prepareSql(database, `UPDATE ${table} SET person_id = ? WHERE person_id = ?`),
  );

  function write(table: ExportTable, row: ExportRow): void {
    upserts.get(table)?.run(columns[table].map((name) => row[name] ?? null));
  }

  return {
    writeStay(stay) {
      upsertStay.run([
        deriveSectorKey(sectorKeySecret, 'stay', `${stay.source}|${stay.externalId}`),
        stay.source,
        stay.externalId,
        stay.facilityId,
        stay.person,
        stay.receptionType,
        stay.entryOn,
        stay.entryAt,
        stay.exitOn,
        stay.exitReason,
        stay.entryRegisteredOn,
        stay.exitRegisteredOn,
        stay.exportDay,
      ]);
    },
    writeImmediateReception(externalId, row) {
      const publicId = deriveSectorKey(sectorKeySecret, 'immediate-reception', externalId);
      write('immediate_reception', { ...row, public_id: publicId });
    },
    write,
    movePerson(from, into) {
      for (const move of moves) move.run([into, from]);
    },
  };
}
