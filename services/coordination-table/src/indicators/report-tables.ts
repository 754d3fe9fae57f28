import type { District } from '@tavolo/access-model';
import type { ReportPublicKey, ReportSeal } from '@tavolo/yearly-report';
import type { ColumnType } from 'kysely';
import type { Migrations } from '../store/migrate.ts';

/** Written as JSON text, read as what it says. */
type Json<Value> = ColumnType<Value, string, never>;
type Once<Value> = ColumnType<Value, Value, never>;

export interface ReportTables {
  territorial_report: {
    id: string;
    district: District | null;
    year: number;
    title: string;
    registered_on: string;
  };
  yearly_report: {
    year: Once<number>;
    version: Once<number>;
    frozen_at: Once<Date>;
    frozen_by: Once<string>;
    snapshot: Once<string>;
    csv: Once<string>;
    data_dictionary: Once<string>;
    pdf: Once<Buffer>;
    seal: Json<ReportSeal>;
  };
  yearly_report_signature: {
    year: Once<number>;
    version: Once<number>;
    jws: Once<string>;
    public_key: Json<ReportPublicKey>;
    signed_at: Once<Date>;
  };
}

/** The rules make a frozen row one that no statement changes, whoever writes it. */
export const indicatorsMigrations: Migrations = {
  part: 'indicators',
  steps: [
    `CREATE TABLE coordination.territorial_report (
       id text PRIMARY KEY, district text, year int NOT NULL, title text NOT NULL,
       registered_on text NOT NULL
     );
     CREATE INDEX territorial_report_by_year ON coordination.territorial_report (year);
     CREATE TABLE coordination.yearly_report (
       year int NOT NULL, version int NOT NULL CHECK (version > 0), frozen_at timestamptz NOT NULL,
       frozen_by text NOT NULL, snapshot text NOT NULL, csv text NOT NULL,
       data_dictionary text NOT NULL, pdf bytea NOT NULL, seal jsonb NOT NULL,
       PRIMARY KEY (year, version)
     );
     CREATE TABLE coordination.yearly_report_signature (
       year int NOT NULL, version int NOT NULL, jws text NOT NULL, public_key jsonb NOT NULL,
       signed_at timestamptz NOT NULL, PRIMARY KEY (year, version),
       FOREIGN KEY (year, version) REFERENCES coordination.yearly_report
     );
     CREATE RULE yearly_report_is_kept AS ON UPDATE TO coordination.yearly_report DO INSTEAD NOTHING;
     CREATE RULE yearly_report_stays AS ON DELETE TO coordination.yearly_report DO INSTEAD NOTHING;
     CREATE RULE signature_is_kept AS ON UPDATE TO coordination.yearly_report_signature
       DO INSTEAD NOTHING;
     CREATE RULE signature_stays AS ON DELETE TO coordination.yearly_report_signature
       DO INSTEAD NOTHING`,
  ],
};
