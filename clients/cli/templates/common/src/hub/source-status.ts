import type { FastifyBaseLogger } from 'fastify';
import { describeError } from './errors.ts';

/** How good this source's facts are now; travels as `extensions.source` on every answer. */
export interface SourceStatus {
  /** RFC 3339: time of the newest data taken in, or of the read for a live database; null when unknown. */
  readonly asOf: string | null;
  /** Share of the source's rows that are not in quarantine, 0–1; null when it cannot be said. */
  readonly completeness: number | null;
  /** Whether the newest data are older than the source promises. */
  readonly stale: boolean;
  /** Reads of the store for this answer; only where CONFORMANCE=1 asks for it. */
  readonly backendCalls?: number;
}

/** A status that cannot be read says so instead of failing the answer. */
export async function readSourceStatus(
  read: () => Promise<SourceStatus>,
  logger: FastifyBaseLogger,
): Promise<SourceStatus> {
  try {
    return await read();
  } catch (error) {
    logger.warn(describeError(error), 'the status of the source is not available');
    return { asOf: null, completeness: null, stale: true };
  }
}
