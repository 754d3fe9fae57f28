import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type ImmediateReceptionContext = Record<never, never>;

export const immediateReceptionMigrations: Migrations = { part: 'immediate-reception', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createImmediateReceptionModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): ImmediateReceptionContext => ({}),
  };
}
