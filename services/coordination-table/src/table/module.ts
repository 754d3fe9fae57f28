import type { ModuleDependencies, RequestContext } from '../module.ts';
import { createRegisterLoaders, type RegisterLoaders } from './loaders.ts';
import { createRegisterChanges, type RegisterChanges } from './register-changes.ts';
import { Mutation } from './resolvers/mutation.ts';
import { Query } from './resolvers/query.ts';
import { registerTypes } from './resolvers/types.ts';
import { type CalendarReader, createCalendarReader } from './store/calendar-reader.ts';
import { createPostgresRegisterStore } from './store/postgres-register-store.ts';
import { createTableActivityReader } from './store/postgres-table-activity.ts';
import type { RegisterStore } from './store/register-store.ts';
import type { TableActivityReader } from './table-activity.ts';

export { tableMigrations } from './store/migrations.ts';

/** What resolvers of this part may use in one request. */
export interface TableContext {
  readonly register: {
    readonly store: RegisterStore;
    readonly loaders: RegisterLoaders;
    readonly changes: RegisterChanges;
    readonly calendar: CalendarReader;
    readonly activity: TableActivityReader;
  };
}

/** What resolvers of this part have of their own and of every part. */
export type RegisterContext = TableContext & RequestContext;

/** Wires the register of the table: seats, meetings, objectives, protocols, criteria, good practices. */
export function createTableModule({
  database,
  changes,
}: Pick<ModuleDependencies, 'database' | 'changes'>) {
  const store = createPostgresRegisterStore(database);
  const parts = {
    store,
    changes: createRegisterChanges(changes),
    calendar: createCalendarReader(database),
    activity: createTableActivityReader(database),
  };
  return {
    resolvers: { Query, Mutation, ...registerTypes },
    context: (): TableContext => ({
      register: { ...parts, loaders: createRegisterLoaders(store) },
    }),
  };
}
