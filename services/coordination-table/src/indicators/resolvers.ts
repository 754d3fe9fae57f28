import { districtsOf, readListSize } from '@tavolo/subgraph-kit';
import {
  canonicalJson,
  compareWithPrevious,
  isOfSmallNumbers,
  type ReportPublicKey,
  targetState,
  verifyReport,
} from '@tavolo/yearly-report';
import type { TableContext } from '../context.ts';
import type {
  IndicatorResolvers,
  IndicatorValueResolvers,
  MutationResolvers,
  QueryResolvers,
  ReportSignatureResolvers,
  YearlyReportResolvers,
} from '../generated/resolver-types.ts';
import type { ReportChanges } from './change-reports.ts';
import type { ReportStore } from './report-store.ts';

const mostReports = 50;

/** What the resolvers of this part are made of; `publicKey` is null where the hub signs no reports. */
export interface IndicatorResolversOptions {
  readonly store: ReportStore;
  readonly changes: ReportChanges;
  readonly publicKey: ReportPublicKey | null;
}

export function createIndicatorResolvers({ store, changes, publicKey }: IndicatorResolversOptions) {
  return {
    Indicator,
    IndicatorValue,
    ReportSignature,
    YearlyReport: createYearlyReport(publicKey),
    Query: createQuery(store, publicKey),
    Mutation: createMutation(changes),
  };
}

const Indicator: IndicatorResolvers = {
  formula: ({ formula }) => canonicalJson(formula),
};

const parts = { figure: 'FIGURE', first: 'FIRST', second: 'SECOND' } as const;

const IndicatorValue: IndicatorValueResolvers = {
  indicator: ({ definition }) => definition,
  isOfSmallNumbers: ({ cell }) => isOfSmallNumbers(cell),
  targetState: ({ cell, definition: { target, direction } }) =>
    targetState(cell, target, direction),
  sources: ({ sources }) => [...sources],
  lineage: ({ lineage, definition }) =>
    lineage.map(({ part, ...rest }) => ({
      ...rest,
      part: parts[part],
      ruleVersion: definition.version,
    })),
  async previous({ definition, area, year, cell }, _arguments, { indicators }) {
    if (year === null) return null;
    const before = await indicators.value(definition, area, year - 1);
    const { direction, unit } = definition;
    const { difference, trend } = compareWithPrevious(cell, before.cell, direction, unit);
    return { year: year - 1, cell: before.cell, difference: difference?.cell ?? null, trend };
  },
};

const ReportSignature: ReportSignatureResolvers = {
  signedAt: ({ signedAt }) => signedAt.toISOString(),
};

function createYearlyReport(publicKey: ReportPublicKey | null): YearlyReportResolvers {
  return {
    frozenAt: ({ frozenAt }) => frozenAt.toISOString(),
    sha256: ({ seal }) => seal.sha256,
    json: async (report, _arguments, { indicators }) => (await indicators.outputs(report)).json,
    csv: async (report, _arguments, { indicators }) => (await indicators.outputs(report)).csv,
    dataDictionary: async (report, _arguments, { indicators }) =>
      (await indicators.outputs(report)).dataDictionary,
    pdfBase64: async (report, _arguments, { indicators }) =>
      (await indicators.outputs(report)).pdf.toString('base64'),
    async verification(report, _arguments, { indicators }) {
      const outputs = await indicators.outputs(report);
      const { seal, signature } = report;
      const verdict = await verifyReport({ ...outputs, seal, signature }, publicKey);
      return { ...verdict, checks: [...verdict.checks] };
    },
  };
}

type IndicatorQueries = Pick<
  QueryResolvers,
  | 'indicators'
  | 'indicator'
  | 'indicatorValues'
  | 'yearlyReports'
  | 'yearlyReport'
  | 'reportPublicKey'
  | 'territorialReports'
>;

function createQuery(store: ReportStore, publicKey: ReportPublicKey | null): IndicatorQueries {
  return {
    indicators: (_parent, _arguments, { indicators }) => [...indicators.definitions],
    indicator: (_parent, { id }, { indicators }) => indicators.definition(id),
    indicatorValues: async (_parent, { ids, year, areas }, { indicators }) => [
      ...(await indicators.values(ids, year, areas)),
    ],
    yearlyReports: async (_parent, { year, first }) => [
      ...(await store.reports(year ?? null, readListSize(first, mostReports))),
    ],
    yearlyReport: (_parent, { year, version }) => store.report(year, version ?? null),
    reportPublicKey: () => publicKey,
    async territorialReports(_parent, { year, district }, { caller }: TableContext) {
      const own = districtsOf(caller, district);
      const reports = await store.territorialReports(year);
      return reports.filter((report) =>
        report.district === null ? district == null : (own?.includes(report.district) ?? true),
      );
    },
  };
}

type IndicatorMutations = Pick<
  MutationResolvers,
  'freezeYearlyReport' | 'signYearlyReport' | 'registerTerritorialReport'
>;

function createMutation(changes: ReportChanges): IndicatorMutations {
  return {
    freezeYearlyReport: (_parent, { clientKey, input }, { caller }) =>
      changes.freeze(caller, clientKey, input),
    signYearlyReport: (_parent, { clientKey, input }, { caller }) =>
      changes.sign(caller, clientKey, input),
    registerTerritorialReport: (_parent, { clientKey, input }, { caller }) =>
      changes.registerTerritorial(caller, clientKey, input),
  };
}
