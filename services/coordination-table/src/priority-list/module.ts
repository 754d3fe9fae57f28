import type { District } from '@tavolo/access-model';
import type { FactStore } from '@tavolo/analysis';
import type { Cell, Contributors, FigureRules } from '@tavolo/disclosure';
import { type Caller, districtsOf, groupInKeyOrder } from '@tavolo/subgraph-kit';
import DataLoader from 'dataloader';
import type { ModuleDependencies, RequestContext } from '../module.ts';
import { createPostgresRegisterStore } from '../table/store/postgres-register-store.ts';
import { createPostgresPriorityListStore } from './postgres-priority-list-store.ts';
import type { EntryRow, PriorityListStore } from './priority-list-store.ts';
import { createProtocolOwner } from './protocol-owner.ts';
import { createListReproducer, type ReproduceList } from './reproduce-list.ts';
import { createPriorityListResolvers, longestPersonList } from './resolvers.ts';

export { priorityListMigrations } from './priority-list-tables.ts';

/** What resolvers of this part may use in one request. */
export interface PriorityListContext {
  readonly priorityList: {
    readonly store: PriorityListStore;
    readonly facts: FactStore;
    /** How many people these are, as it may be told. */
    readonly protect: (of: Contributors) => Cell;
    readonly reproduce: ReproduceList;
    /** By the table's reference of a person; up to the longest list a person may be asked for. */
    readonly entriesByPerson: DataLoader<string, readonly EntryRow[]>;
  };
}

export interface PriorityListOptions {
  /** The organisation that owns a protocol, null = any coordinator's may keep it; the register's answer when absent. */
  readonly ownerOfProtocol?: (code: 'P3') => Promise<string | null>;
}

/** Wires this part's store, loaders and resolvers. */
export function createPriorityListModule(
  { database, changes, facts, disclosure, ownerThresholds, secrets, now }: ModuleDependencies,
  options: PriorityListOptions = {},
) {
  const ownerOfProtocol =
    options.ownerOfProtocol ?? createProtocolOwner(createPostgresRegisterStore(database), now);
  // Every institution's data decide who is on a list: the strictest of their thresholds holds.
  const ownerThreshold = Math.max(0, ...Object.values(ownerThresholds ?? {}));
  const rules: FigureRules =
    ownerThreshold > 0 ? { sensitivity: 'ORDINARY', ownerThreshold } : { sensitivity: 'ORDINARY' };
  const store = createPostgresPriorityListStore(database);
  const reproduce = createListReproducer(database, secrets.priorityList);
  return {
    resolvers: createPriorityListResolvers({ changes, secrets, ownerOfProtocol }),
    context: ({ caller }: RequestContext): PriorityListContext => ({
      priorityList: {
        store,
        facts,
        protect: (of) => disclosure.contributors(of, rules),
        reproduce,
        entriesByPerson: createEntriesByPerson(store, caller),
      },
    }),
  };
}

/** For one request and its caller: whoever may not see a district sees nothing of it through a person either. */
function createEntriesByPerson(store: PriorityListStore, caller: Caller) {
  const districts: readonly District[] | null = districtsOf(caller);
  return new DataLoader<string, readonly EntryRow[]>(async (refs) => {
    const rows = await store.entriesOfPeople(refs, districts, longestPersonList);
    return groupInKeyOrder(refs, rows, ({ personRef }) => personRef).map((group) =>
      group.map(({ entry }) => entry),
    );
  });
}
