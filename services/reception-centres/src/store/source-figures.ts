import type { FeedDatabase } from '@tavolo/feed-kit';
import type { SourceStatus } from '@tavolo/subgraph-kit';
import { rowsOf } from './sqlite-rows.ts';

const completenessDays = 30;

/** How good the centres' data are at a moment; stale once nothing was taken in for `staleAfterHours`. */
export function createSourceStatus(
  database: FeedDatabase,
  staleAfterHours: number,
): (now: Date) => SourceStatus {
  const figures = rowsOf<{
    asOf: string | null;
    receivedAt: string | null;
    accepted: number | null;
    rejected: number | null;
  }>(
    database,
    `SELECT max(data_at) AS asOf, max(CASE WHEN outcome = 'ingested' THEN received_at END) AS receivedAt,
      sum(CASE WHEN received_at >= ?1 THEN accepted END) AS accepted,
      sum(CASE WHEN received_at >= ?1 THEN rejected END) AS rejected FROM drop_file`,
  );
  return (now) => {
    const since = new Date(now.getTime() - completenessDays * 86_400_000).toISOString();
    const [row] = figures(since);
    const accepted = row?.accepted ?? 0;
    const all = accepted + (row?.rejected ?? 0);
    const receivedAt = row?.receivedAt ?? null;
    return {
      asOf: row?.asOf ?? null,
      completeness: all === 0 ? null : accepted / all,
      stale:
        receivedAt === null || now.getTime() - Date.parse(receivedAt) > staleAfterHours * 3_600_000,
    };
  };
}
