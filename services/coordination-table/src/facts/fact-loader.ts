import type { FactState, FactStore } from '@tavolo/analysis';
import { LoadProblem } from '@tavolo/analysis';
import type { Fact } from '@tavolo/facts';
import type { Logger } from '@tavolo/process-kit';
import type { Gateway } from './ask-gateway.ts';
import { readFactPages } from './read-fact-pages.ts';

export interface FactLoaderOptions {
  readonly facts: readonly Fact[];
  readonly store: FactStore;
  readonly gateway: Gateway;
  readonly logger: Logger;
}

/** Loads facts through the gateway, one after the other, each as a whole or not at all. */
export interface FactLoader {
  /** Joins a load of all facts that is under way. Never rejects: what failed is in the states. */
  loadAll(): Promise<readonly FactState[]>;
  /** The same for the facts that are due, by the states of their last loads. */
  loadDue(isDue: (state: FactState) => boolean): Promise<readonly FactState[]>;
  /** Ends what is under way and starts nothing more. */
  close(): Promise<void>;
}

/**
 * Always all rows: sources say as of when they are, but a person who objects, is protected or comes out of the
 * embargo changes the answer without changing that moment, so an equal moment does not mean equal rows. Equal
 * rows are told by the state's `dataHash`.
 */
export function createFactLoader({ facts, store, gateway, logger }: FactLoaderOptions): FactLoader {
  const closing = new AbortController();
  let underWay: Promise<readonly FactState[]> | undefined;
  /** One load after the other: the machine has few cores, and so has each institution. */
  let last: Promise<unknown> = Promise.resolve();

  const loadOne = async (fact: Fact): Promise<void> => {
    let rows = 0;
    const { pages, origin } = readFactPages(gateway, fact, closing.signal, (progress) => {
      rows += progress.rows;
      logger.debug({ fact: fact.name, ...progress }, 'page of a fact');
    });
    try {
      await store.load(fact, pages, origin);
      logger.info({ fact: fact.name, rows }, 'fact loaded');
    } catch (cause) {
      // Its own words name no value; anything else may.
      const reason = cause instanceof LoadProblem ? cause.message : 'unexpected failure';
      logger.warn({ fact: fact.name, rows, reason }, 'fact not loaded, the last good load stays');
    }
  };

  const loadEach = (isWanted: (state: FactState) => boolean): Promise<readonly FactState[]> => {
    const turn = last.then(async () => {
      for (const fact of facts) {
        if (closing.signal.aborted) break;
        if (isWanted(store.state(fact.name))) await loadOne(fact);
      }
      return facts.map(({ name }) => store.state(name));
    });
    // Never rejects: `loadOne` keeps every failure.
    last = turn;
    return turn;
  };

  return {
    loadAll() {
      underWay ??= loadEach(() => true).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    loadDue: (isDue) => loadEach(isDue),
    async close() {
      closing.abort('CANCELLED');
      await last;
    },
  };
}
