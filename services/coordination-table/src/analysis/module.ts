import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type AnalysisContext = Record<never, never>;

export const analysisMigrations: Migrations = { part: 'analysis', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createAnalysisModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): AnalysisContext => ({}),
  };
}
