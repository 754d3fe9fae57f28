import type { Logger } from '@tavolo/process-kit';
import type { SourceQuality } from './scan-source.ts';

export interface QualityScan {
  /** What the last scan that ended found; `null` before the first. */
  latest(): SourceQuality | null;
  /** Waits for the scan under way, or makes one. */
  scanNow(): Promise<void>;
  /** Ends after the scan under way. */
  close(): Promise<void>;
}

export interface QualityScanOptions {
  readonly scan: () => Promise<SourceQuality>;
  /** From the end of one scan to the start of the next. */
  readonly intervalMs: number;
  /** After a scan that failed, shorter: the source may be back. */
  readonly retryMs: number;
  readonly logger: Logger;
}

/** Scans the source at once and then at intervals, for as long as the service runs. */
export function startQualityScan(options: QualityScanOptions): QualityScan {
  const { scan, intervalMs, retryMs, logger } = options;
  let latest: SourceQuality | null = null;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const scanNow = (): Promise<void> => {
    running ??= run();
    return running;
  };

  async function run(): Promise<void> {
    clearTimeout(timer);
    let waitMs = intervalMs;
    try {
      latest = await scan();
      const { rows, unreadable, unmappedAreaRows } = latest;
      logger.info({ rows, unreadable, unmappedAreaRows }, 'source scanned');
    } catch (error) {
      waitMs = retryMs;
      logger.warn({ err: error }, 'source scan postponed');
    }
    running = null;
    if (isClosed) return;
    timer = setTimeout(() => void scanNow(), waitMs);
    timer.unref();
  }

  void scanNow();
  return {
    latest: () => latest,
    scanNow,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
