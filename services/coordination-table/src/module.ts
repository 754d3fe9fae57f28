import type { FactStore } from '@tavolo/analysis';
import type { Disclosure, DisclosureRules } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';
import type { Logger } from '@tavolo/process-kit';
import type { Caller } from '@tavolo/subgraph-kit';
import type { FactLoader } from './facts/fact-loader.ts';
import type { ChangeLog } from './store/change-log.ts';
import type { TableDatabase } from './store/open-database.ts';

/** Of this service alone, each at least 32 characters. */
export interface TableSecrets {
  /** The one the record keys of the facts are made with. */
  readonly disclosure: string;
  /** Makes the pseudonyms and the lots of the priority lists; another one would rename every entry. */
  readonly priorityList: string;
}

/** What every part of the service is built from. */
export interface ModuleDependencies {
  readonly database: TableDatabase;
  readonly changes: ChangeLog;
  readonly facts: FactStore;
  /** What `facts` holds. */
  readonly factFiles?: readonly Fact[];
  readonly factLoader?: FactLoader;
  /** The one place where figures are protected. */
  readonly disclosure: Disclosure;
  readonly disclosureRules?: Partial<DisclosureRules>;
  /** What single owners ask for beside them, by their subgraph's name. */
  readonly ownerThresholds?: Readonly<Record<string, number>>;
  readonly secrets: TableSecrets;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Who asks, and when; the same for all parts of one request. */
export interface RequestContext {
  readonly caller: Caller;
  readonly now: () => Date;
}
