import type { SourceStatus } from '@tavolo/subgraph-kit';
import type { Drop } from './store/registry-store.ts';

/** The bodies hand their registers in monthly; a week of grace before the newest counts as old. */
const freshDays = 38;

/** How good the registers are now, from the newest drop of each slice. */
export function readRegistryStatus(newestDrops: readonly Drop[], now: Date): SourceStatus {
  const asOf =
    newestDrops
      .map(({ modifiedAt }) => modifiedAt)
      .sort()
      .at(-1) ?? null;
  const rows = newestDrops.reduce((sum, drop) => sum + drop.rows, 0);
  const rejected = newestDrops.reduce((sum, drop) => sum + drop.rejectedRows, 0);
  return {
    asOf,
    completeness: rows === 0 ? null : (rows - rejected) / rows,
    stale: asOf === null || now.getTime() - Date.parse(asOf) > freshDays * 86_400_000,
  };
}
