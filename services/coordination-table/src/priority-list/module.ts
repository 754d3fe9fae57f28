import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type PriorityListContext = Record<never, never>;

export const priorityListMigrations: Migrations = { part: 'priority-list', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createPriorityListModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): PriorityListContext => ({}),
  };
}
