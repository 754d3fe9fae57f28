import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type ReferenceContext = Record<never, never>;

export const referenceMigrations: Migrations = { part: 'reference', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createReferenceModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): ReferenceContext => ({}),
  };
}
