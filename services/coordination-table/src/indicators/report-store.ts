import type { District } from '@tavolo/access-model';
import type { ReportPublicKey, ReportSeal } from '@tavolo/yearly-report';

/** A report a district made, or the province; the report itself stays where it was made. */
export interface TerritorialReportRow {
  readonly id: string;
  /** Null = the whole province. */
  readonly district: District | null;
  readonly year: number;
  readonly title: string;
  /** Day in Italy. */
  readonly registeredOn: string;
}

/** What is said of a frozen report without reading it. */
export interface FrozenReportRow {
  readonly year: number;
  readonly version: number;
  readonly frozenAt: Date;
  /** The organisation. */
  readonly frozenBy: string;
  readonly seal: ReportSeal;
  readonly signature: ReportSignatureRow | null;
}

export interface ReportSignatureRow {
  readonly jws: string;
  readonly publicKey: ReportPublicKey;
  readonly signedAt: Date;
}

/** The bytes of a frozen report, as they were written once. */
export interface FrozenOutputs {
  readonly json: string;
  readonly csv: string;
  readonly dataDictionary: string;
  readonly pdf: Buffer;
}

/** What indicators and reports are kept in; frozen reports are only ever added. */
export interface ReportStore {
  territorialReports(year: number): Promise<readonly TerritorialReportRow[]>;
  /** Newest year first, then newest version; of one year or of all. */
  reports(year: number | null, first: number): Promise<readonly FrozenReportRow[]>;
  /** The latest version when none is named. */
  report(year: number, version: number | null): Promise<FrozenReportRow | null>;
  outputs(year: number, version: number): Promise<FrozenOutputs | null>;
}
