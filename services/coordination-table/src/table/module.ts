import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type TableContext = Record<never, never>;

export const tableMigrations: Migrations = { part: 'table', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createTableModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): TableContext => ({}),
  };
}
