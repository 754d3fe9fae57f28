import { setTimeout as delay } from 'node:timers/promises';
import type { FactStore } from '@tavolo/analysis';
import type { Fact } from '@tavolo/facts';
import { HubError } from '@tavolo/subgraph-kit';
import type { FactLoader } from '../facts/fact-loader.ts';
import type { RequestContext } from '../module.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { factFreshness } from './fact-freshness.ts';

export interface FactLoadParts {
  readonly factFiles: readonly Fact[];
  readonly facts: FactStore;
  readonly factLoader?: FactLoader;
  readonly changes: ChangeLog;
  readonly now: () => Date;
}

/**
 * Whoever may load at will lays the figures before and after one arrival side by side; a load that failed may be
 * tried again at once.
 */
const leastAgeMs = 60 * 60_000;

/** Before the gateway gives up on the answer; a longer load goes on without it. */
const longestAnswerMs = 5_000;

/** How fresh the facts are, and a load on demand. */
export function createFactLoadResolvers({
  factFiles,
  facts,
  factLoader,
  changes,
  now,
}: FactLoadParts) {
  const states = () => factFiles.map(({ name }) => factFreshness(facts.state(name), now()));
  return {
    Query: { facts: states },
    Mutation: {
      async loadFacts(
        _parent: object,
        { clientKey }: { clientKey: string },
        context: RequestContext,
      ) {
        if (!factLoader) {
          throw new HubError('UNAVAILABLE', 'this hub loads no facts: it has no fact loader');
        }
        // Filled by the change itself: a repeated key loads nothing.
        const started: Promise<unknown>[] = [];
        await changes.apply(
          { caller: context.caller, mutation: 'loadFacts', clientKey, input: {} },
          () => {
            // Never rejects: what failed is in the states.
            started.push(
              factLoader.loadDue(
                ({ loadedAt, lastFailure }) =>
                  loadedAt === null ||
                  lastFailure !== null ||
                  now().getTime() - Date.parse(loadedAt) >= leastAgeMs,
              ),
            );
            return Promise.resolve('STARTED');
          },
        );
        const waited = new AbortController();
        if (started.length > 0) {
          await Promise.race([
            ...started,
            delay(longestAnswerMs, undefined, { signal: waited.signal }).catch(() => undefined),
          ]);
        }
        waited.abort();
        return states();
      },
    },
  };
}
