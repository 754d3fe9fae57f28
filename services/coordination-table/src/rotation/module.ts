import type { Migrations } from '../store/migrate.ts';
import type { ModuleDependencies, RequestContext } from '../module.ts';

/** What resolvers of this part may use in one request. */
export type RotationContext = Record<never, never>;

export const rotationMigrations: Migrations = { part: 'rotation', steps: [] };

/** Wires this part's store, loaders and resolvers. */
export function createRotationModule(_dependencies: ModuleDependencies) {
  return {
    resolvers: {},
    context: (_request: RequestContext): RotationContext => ({}),
  };
}
