import type { Logger } from '@tavolo/process-kit';

/** How good this source's facts are now; travels as `extensions.source` on every answer. */
export interface SourceStatus {
  /** RFC 3339; time of the newest data taken in, or of the read for a live database; `null` when unknown. */
  readonly asOf: string | null;
  /** Share of the source's rows that are not in quarantine, 0–1; `null` when it cannot be said. */
  readonly completeness: number | null;
  /** Whether the newest data are older than the source's own cadence promises. */
  readonly stale: boolean;
  /** Only of a source that joins people: how well, so that no joined figure goes without it. */
  readonly linkage?: {
    readonly precision: SourceEstimate;
    readonly recall: SourceEstimate;
  };
}

/** A share, 0–1, and the interval it lies in. */
export interface SourceEstimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const unknownStatus: SourceStatus = { asOf: null, completeness: null, stale: true };

/** Asks for the status; one that cannot be read says so instead of failing the answer. */
export async function readSourceStatus(
  sourceStatus: () => Promise<SourceStatus>,
  logger: Logger,
): Promise<SourceStatus> {
  try {
    return await sourceStatus();
  } catch (error) {
    logger.warn({ err: error }, 'source status is not available');
    return unknownStatus;
  }
}
