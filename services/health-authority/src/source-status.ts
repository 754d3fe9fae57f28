import type { SourceStatus } from '@tavolo/subgraph-kit';
import type { HealthStore } from './store/health-store.ts';

const dayMs = 86_400_000;

/** As good as its newest accepted message, and as complete as the last 30 days' quarantine says. */
export async function readHealthStatus(
  store: HealthStore,
  {
    now,
    dayOf,
    staleAfterHours,
  }: {
    readonly now: () => Date;
    readonly dayOf: (instant: string) => string;
    readonly staleAfterHours: number;
  },
): Promise<SourceStatus> {
  const time = now();
  const since = new Date(time.getTime() - 30 * dayMs).toISOString();
  const [asOf, { applied, quarantined }] = await Promise.all([
    store.lastAcceptedAt(),
    store.feedDays(dayOf(since), dayOf(time.toISOString())),
  ]);
  const total = applied + quarantined;
  return {
    asOf,
    completeness: total === 0 ? null : applied / total,
    stale: asOf === null || time.getTime() - Date.parse(asOf) > staleAfterHours * 3_600_000,
  };
}
