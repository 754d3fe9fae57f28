import { describeRules } from '@tavolo/disclosure';
import { publicHalf, type ReportSigningKey } from '@tavolo/yearly-report';
import type { ModuleDependencies, RequestContext } from '../module.ts';
import { romeDay } from '../reference/rome-day.ts';
import { createPostgresRotationStore } from '../rotation/postgres-rotation-store.ts';
import { createTableActivityReader } from '../table/store/postgres-table-activity.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { createReportChanges } from './change-reports.ts';
import type { IndicatorDefinition } from './definition.ts';
import { createIndicatorDesk, type IndicatorDesk } from './indicator-desk.ts';
import { createPostgresReportStore } from './postgres-report-store.ts';
import { readRegisterYear } from './register-year.ts';
import { createIndicatorResolvers } from './resolvers.ts';

export { indicatorsMigrations } from './report-tables.ts';

/** What resolvers of this part may use in one request. */
export interface IndicatorsContext {
  readonly indicators: IndicatorDesk;
}

/** What this part needs besides what all parts do. */
export interface IndicatorsOptions {
  /** As `readDefinitions` gives them, checked against the facts. */
  readonly definitions: readonly IndicatorDefinition[];
  /** Null = this hub signs no reports. */
  readonly signingKey: ReportSigningKey | null;
}

/** Wires this part's store, loaders and resolvers. */
export function createIndicatorsModule(
  { database, changes, facts, disclosureRules = {}, now }: ModuleDependencies,
  { definitions, signingKey }: IndicatorsOptions = { definitions: [], signingKey: null },
) {
  const rules = describeRules(disclosureRules);
  const store = createPostgresReportStore(database);
  const activity = createTableActivityReader(database);
  const rotation = createPostgresRotationStore(database);
  const readRegister = (year: number) =>
    readRegisterYear({ activity, rotation, reports: store }, year, romeDay(now()));
  const reportChanges = createReportChanges({
    changes,
    store,
    signingKey,
    now,
    collect(year) {
      const known = new Map<number, ReturnType<typeof readRegister>>();
      const register = (of: number) => {
        const found = known.get(of) ?? readRegister(of);
        known.set(of, found);
        return found;
      };
      return buildSnapshot({ facts, definitions, activity, rules, now, register }, year);
    },
  });
  return {
    resolvers: createIndicatorResolvers({
      store,
      changes: reportChanges,
      publicKey: signingKey === null ? null : publicHalf(signingKey),
    }),
    context: ({ caller }: RequestContext): IndicatorsContext => ({
      indicators: createIndicatorDesk({ facts, definitions, store, readRegister, now }, caller),
    }),
  };
}
