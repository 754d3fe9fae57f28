import type { ModuleDependencies } from '../module.ts';
import type { RuleRow } from './immediate-reception-store.ts';
import { createOverviewReader, type OverviewReader } from './overview.ts';
import { createPostgresImmediateReceptionStore } from './postgres-immediate-reception-store.ts';
import { createImmediateReceptionResolvers } from './resolvers.ts';

export { immediateReceptionMigrations } from './postgres-immediate-reception-store.ts';

/** What resolvers of this part may use in one request. */
export interface ImmediateReceptionContext {
  readonly immediateReception: {
    /** Every version of the terms, read once a request. */
    readonly rules: () => Promise<readonly RuleRow[]>;
    readonly overview: OverviewReader;
  };
}

/** Wires this part's store and resolvers. */
export function createImmediateReceptionModule({ database, changes, facts }: ModuleDependencies) {
  const store = createPostgresImmediateReceptionStore(database);
  const overview = createOverviewReader(facts);
  return {
    resolvers: createImmediateReceptionResolvers(changes),
    context(): ImmediateReceptionContext {
      let read: Promise<readonly RuleRow[]> | undefined;
      return { immediateReception: { rules: () => (read ??= store.rules()), overview } };
    },
  };
}
