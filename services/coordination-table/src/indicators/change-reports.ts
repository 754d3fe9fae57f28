import { districtName } from '@tavolo/access-model';
import { type Caller, HubError } from '@tavolo/subgraph-kit';
import {
  publicHalf,
  type ReportSigningKey,
  renderOutputs,
  sealOf,
  signReport,
  verifyReport,
} from '@tavolo/yearly-report';
import { z } from 'zod';
import { romeDay } from '../reference/rome-day.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { idOfChange } from '../table/id-of-change.ts';
import { institutionalText } from '../table/institutional-text.ts';
import { requireDistrict, requireProvince } from '../table/permissions.ts';
import { readInput } from '../table/read-input.ts';
import type { SnapshotContent } from './build-snapshot.ts';
import { readReport } from './postgres-report-store.ts';
import type { FrozenReportRow, ReportStore, TerritorialReportRow } from './report-store.ts';
import type { ReportTables } from './report-tables.ts';

/** The mutations of reports; each is made once by its client key. */
export interface ReportChanges {
  freeze(caller: Caller, clientKey: string, input: unknown): Promise<FrozenReportRow>;
  sign(caller: Caller, clientKey: string, input: unknown): Promise<FrozenReportRow>;
  registerTerritorial(
    caller: Caller,
    clientKey: string,
    input: unknown,
  ): Promise<TerritorialReportRow>;
}

export interface ReportChangesOptions {
  readonly changes: ChangeLog;
  readonly store: ReportStore;
  readonly collect: (year: number) => Promise<SnapshotContent>;
  /** Null = this hub signs no reports. */
  readonly signingKey: ReportSigningKey | null;
  readonly now: () => Date;
}

/** Before the table was founded there was nothing to report; what is not over yet may be reported so far. */
const firstYear = 2011;

/** Each is kept for ever, PDF and all. */
const mostVersions = 50;

const year = z.int().min(firstYear, `must not be before ${firstYear}`).max(2100);
const freezeInput = z.strictObject({ year });
const signInput = z.strictObject({ year, version: z.int().min(1) });
const territorialInput = z.strictObject({
  district: districtName.nullish().transform((district) => district ?? null),
  year,
  title: institutionalText(300),
});

export function createReportChanges(options: ReportChangesOptions): ReportChanges {
  const { changes, store, collect, signingKey, now } = options;
  const found = async (of: { readonly year: number; readonly version: number }) => {
    const report = await store.report(of.year, of.version);
    if (report === null) throw notFound();
    return report;
  };

  return {
    async freeze(caller, clientKey, input) {
      requireProvince(caller, 'freezeYearlyReport');
      const read = readInput(freezeInput, input);
      requireNotFuture(read.year, now());
      // Collected before the transaction: it asks other parts, which have connections of their own.
      const content = await collect(read.year);
      const mutation = 'freezeYearlyReport';
      const frozen = await changes.apply<ReportTables, { year: number; version: number }>(
        { caller, mutation, clientKey, input: read },
        async (transaction, at) => {
          const latest = await readReport(transaction, read.year, null);
          const version = (latest?.version ?? 0) + 1;
          if (version > mostVersions) {
            throw new HubError(
              'BAD_USER_INPUT',
              `input.year has ${mostVersions} frozen versions, the most there are; sign one of them`,
            );
          }
          const frozenBy = caller.organisation;
          const snapshot = { ...content, version, frozenAt: at.toISOString(), frozenBy };
          const outputs = await renderOutputs(snapshot);
          await transaction
            .insertInto('yearly_report')
            .values({
              year: read.year,
              version,
              frozen_at: at,
              frozen_by: frozenBy,
              snapshot: outputs.json,
              csv: outputs.csv,
              data_dictionary: outputs.dataDictionary,
              pdf: Buffer.from(outputs.pdf),
              seal: JSON.stringify(sealOf(snapshot, outputs)),
            })
            .execute();
          return { year: read.year, version };
        },
      );
      return found(frozen);
    },

    async sign(caller, clientKey, input) {
      requireProvince(caller, 'signYearlyReport');
      const read = readInput(signInput, input);
      if (signingKey === null) {
        throw new HubError(
          'UNAVAILABLE',
          'This hub has no key to sign reports with; its operator sets REPORT_SIGNING_KEY',
        );
      }
      const { report, outputs } = await requireReport(store, read);
      // What was changed since the freeze is not made true by a signature.
      const verdict = await verifyReport({ ...outputs, seal: report.seal, signature: null }, null);
      if (!verdict.isIntact) {
        throw new HubError(
          'UNAVAILABLE',
          'The stored report is not what was frozen, so it is not signed; verify it and freeze again',
        );
      }
      const jws = await signReport(report.seal, signingKey);
      await changes.apply<ReportTables, { signed: true }>(
        { caller, mutation: 'signYearlyReport', clientKey, input: read },
        async (transaction, at) => {
          const present = await readReport(transaction, read.year, read.version);
          if (present?.signature) {
            throw new HubError(
              'BAD_USER_INPUT',
              'input.version is signed already; a report is signed once',
            );
          }
          await transaction
            .insertInto('yearly_report_signature')
            .values({
              ...read,
              jws,
              public_key: JSON.stringify(publicHalf(signingKey)),
              signed_at: at,
            })
            .execute();
          return { signed: true };
        },
      );
      return found(read);
    },

    async registerTerritorial(caller, clientKey, input) {
      const read = readInput(territorialInput, input);
      requireOwnDistrict(caller, read.district);
      requireNotFuture(read.year, now());
      const mutation = 'registerTerritorialReport';
      return changes.apply<ReportTables, TerritorialReportRow>(
        { caller, mutation, clientKey, input: read },
        async (transaction, at) => {
          const row = {
            id: idOfChange(mutation, caller, clientKey),
            ...read,
            registeredOn: romeDay(at),
          };
          const { registeredOn, ...columns } = row;
          await transaction
            .insertInto('territorial_report')
            .values({ ...columns, registered_on: registeredOn })
            .execute();
          return row;
        },
      );
    },
  };
}

function requireOwnDistrict(caller: Caller, district: TerritorialReportRow['district']): void {
  requireDistrict(caller, district, 'registerTerritorialReport');
}

function requireNotFuture(asked: number, now: Date): void {
  if (asked <= Number(romeDay(now).slice(0, 4))) return;
  throw new HubError('BAD_USER_INPUT', 'input.year has not begun yet');
}

/** A report with its bytes, or an error that says it does not exist. */
export async function requireReport(
  store: ReportStore,
  { year: of, version }: { readonly year: number; readonly version: number | null },
) {
  const report = await store.report(of, version);
  const outputs = report === null ? null : await store.outputs(report.year, report.version);
  if (report === null || outputs === null) throw notFound();
  return { report, outputs };
}

function notFound(): HubError {
  return new HubError('NOT_FOUND', 'No such yearly report was frozen: see yearlyReports');
}
