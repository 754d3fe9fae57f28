import type { ModuleDependencies, RequestContext } from '../module.ts';
import type { Migrations } from '../store/migrate.ts';

/** What resolvers of this part may use in one request. */
export type PriorityListContext = Record<never, never>;

export const priorityListMigrations: Migrations = { part: 'priority-list', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createPriorityListModule(_dependencies: ModuleDependencies, _world = {}) {
  return {
    resolvers: {},
    context: (_request: RequestContext): PriorityListContext => ({}),
  };
}
