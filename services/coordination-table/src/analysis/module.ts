import type { ModuleDependencies } from '../module.ts';
import type { Migrations } from '../store/migrate.ts';
import { createAnalysisResolvers } from './analysis-resolvers.ts';
import { createFactLoadResolvers } from './fact-load-resolvers.ts';
import { createForecastResolvers } from './forecast-resolvers.ts';

/** What resolvers of this part may use in one request. */
export type AnalysisContext = object;

export const analysisMigrations: Migrations = { part: 'analysis', steps: [] };

/** Wires the figures over the facts; it keeps nothing in PostgreSQL. */
export function createAnalysisModule(dependencies: ModuleDependencies) {
  const { facts: store, factFiles = [], disclosureRules = {}, ownerThresholds = {} } = dependencies;
  const figures = createAnalysisResolvers({
    facts: factFiles,
    store,
    rules: disclosureRules,
    ownerThresholds,
    now: dependencies.now,
  });
  const loads = createFactLoadResolvers({ ...dependencies, factFiles });
  const forecast = createForecastResolvers(dependencies);
  return {
    resolvers: {
      ...figures,
      Query: { ...figures['Query'], ...loads.Query, ...forecast.Query },
      Mutation: loads.Mutation,
    },
    context: (): AnalysisContext => ({}),
  };
}
