import type { Kysely } from 'kysely';
import type { TableDatabase } from '../store/open-database.ts';
import type { FrozenReportRow, ReportStore } from './report-store.ts';
import type { ReportTables } from './report-tables.ts';

const mostReports = 500;

/** Reads frozen reports and territorial ones from PostgreSQL. */
export function createPostgresReportStore(database: TableDatabase): ReportStore {
  const ready = (): Promise<Kysely<ReportTables>> => database.ready<ReportTables>();
  return {
    async territorialReports(year) {
      const rows = await (await ready())
        .selectFrom('territorial_report')
        .selectAll()
        .where('year', '=', year)
        .orderBy('registered_on')
        // Of one day: the districts' first, the province's last.
        .orderBy('district')
        .orderBy('title')
        .orderBy('id')
        .limit(mostReports)
        .execute();
      return rows.map(({ registered_on, ...row }) => ({ ...row, registeredOn: registered_on }));
    },
    async reports(year, first) {
      const query = reportRows(await ready());
      return (
        await (year === null ? query : query.where('report.year', '=', year)).limit(first).execute()
      ).map(toReport);
    },
    async report(year, version) {
      return readReport(await ready(), year, version);
    },
    async outputs(year, version) {
      const row = await (await ready())
        .selectFrom('yearly_report')
        .select(['snapshot', 'csv', 'data_dictionary', 'pdf'])
        .where('year', '=', year)
        .where('version', '=', version)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        json: row.snapshot,
        csv: row.csv,
        dataDictionary: row.data_dictionary,
        pdf: row.pdf,
      };
    },
  };
}

/** The same in a transaction of a change: the latest version when none is named. */
export async function readReport(
  db: Kysely<ReportTables>,
  year: number,
  version: number | null,
): Promise<FrozenReportRow | null> {
  const query = reportRows(db).where('report.year', '=', year);
  const row = await (version === null ? query : query.where('report.version', '=', version))
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toReport(row);
}

function reportRows(db: Kysely<ReportTables>) {
  return db
    .selectFrom('yearly_report as report')
    .leftJoin('yearly_report_signature as signature', (join) =>
      join
        .onRef('signature.year', '=', 'report.year')
        .onRef('signature.version', '=', 'report.version'),
    )
    .select([
      'report.year',
      'report.version',
      'report.frozen_at',
      'report.frozen_by',
      'report.seal',
      'signature.jws',
      'signature.public_key',
      'signature.signed_at',
    ])
    .orderBy('report.year', 'desc')
    .orderBy('report.version', 'desc');
}

type ReportRow = Awaited<ReturnType<ReturnType<typeof reportRows>['executeTakeFirstOrThrow']>>;

function toReport(row: ReportRow): FrozenReportRow {
  const { jws, public_key: publicKey, signed_at: signedAt } = row;
  return {
    year: row.year,
    version: row.version,
    frozenAt: row.frozen_at,
    frozenBy: row.frozen_by,
    seal: row.seal,
    signature:
      jws === null || publicKey === null || signedAt === null ? null : { jws, publicKey, signedAt },
  };
}
