import type { ModuleDependencies } from '../module.ts';
import { createPostgresRotationStore } from './postgres-rotation-store.ts';
import { createRotationResolvers } from './resolvers.ts';
import type { RotationStore } from './rotation-store.ts';

export { rotationMigrations } from './rotation-tables.ts';

/** What resolvers of this part may use in one request. */
export interface RotationContext {
  readonly rotation: RotationStore;
}

/** Wires this part's store and resolvers. */
export function createRotationModule({ database, changes }: ModuleDependencies) {
  const rotation = createPostgresRotationStore(database);
  return {
    resolvers: createRotationResolvers(changes),
    context: (): RotationContext => ({ rotation }),
  };
}
