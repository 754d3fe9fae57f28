import type { FactStore } from '@tavolo/analysis';
import type { Logger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import type { ChangeLog } from './store/change-log.ts';
import type { TableDatabase } from './store/open-database.ts';

/** What every part of the service is built from. */
export interface ModuleDependencies {
  readonly database: TableDatabase;
  readonly changes: ChangeLog;
  readonly facts: FactStore;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Who asks, and when; the same for all parts of one request. */
export interface RequestContext {
  readonly caller: Caller;
  readonly now: () => Date;
}
