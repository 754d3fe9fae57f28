import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type IndicatorsContext = Record<never, never>;

export const indicatorsMigrations: Migrations = { part: 'indicators', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createIndicatorsModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): IndicatorsContext => ({}),
  };
}
