import { PARTNERS } from './partner.ts';
import type {
  AccessEntry,
  ClusterRow,
  PersonIndexStore,
  SectorKey,
} from './store/person-index-store.ts';

/**
 * Remembers for whom the hub was asked, so that a person can be told. Counts by day and purpose, written every few
 * seconds: at most that much is lost when the process is killed.
 */
export interface AccessLog {
  note(purpose: string, person: ClusterRow): void;
  close(): Promise<void>;
}

export interface AccessLogOptions {
  readonly store: Pick<PersonIndexStore, 'noteAccesses'>;
  readonly now: () => Date;
  readonly logError: (cause: unknown) => void;
  readonly everyMs?: number;
}

/** More entries than these are written at once, so that memory is bounded whatever is asked. */
const MOST_WAITING = 20_000;

export function createAccessLog(options: AccessLogOptions): AccessLog {
  const { store, now, logError, everyMs = 5_000 } = options;
  let waiting = new Map<string, SectorKey & AccessEntry>();
  let lastFlush: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    const entries = [...waiting.values()];
    waiting = new Map();
    lastFlush = lastFlush.then(() => store.noteAccesses(entries)).catch(logError);
    return lastFlush;
  }

  const timer = setInterval(() => {
    if (waiting.size > 0) void flush();
  }, everyMs).unref();

  return {
    note(purpose, { sectorKeys }) {
      const day = now().toISOString().slice(0, 10);
      for (const partner of PARTNERS) {
        const sectorKey = sectorKeys[partner];
        if (sectorKey === undefined) continue;
        const name = `${partner}/${sectorKey}/${purpose}/${day}`;
        const times = (waiting.get(name)?.times ?? 0) + 1;
        waiting.set(name, { partner, sectorKey, purpose, day, times });
      }
      if (waiting.size >= MOST_WAITING) void flush();
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
