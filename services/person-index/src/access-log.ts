import {
  type AccessEntry,
  type ClusterRow,
  MOST_REQUEST_IDS,
  type PersonIndexStore,
  type SectorKey,
} from './store/person-index-store.ts';

/**
 * Remembers for whom the hub was asked, so that a person can be told. Counts by day and purpose, written every few
 * seconds: at most that much is lost when the process is killed.
 */
export interface AccessLog {
  /** `requestId` is how the hub's evidence names the question; null when it does not. */
  note(purpose: string, requestId: string | null, person: ClusterRow): void;
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
/** More than these are not kept while the database is away. */
const MOST_KEPT = 100_000;

const NONE: readonly string[] = [];

/** A question that shows a person twice is one question. */
function namedOnce(held: readonly string[], more: readonly string[]): readonly string[] {
  if (held.length === 0) return more;
  const fresh = more.filter((id) => !held.includes(id));
  return fresh.length === 0 ? held : [...held, ...fresh].slice(0, MOST_REQUEST_IDS);
}

export function createAccessLog(options: AccessLogOptions): AccessLog {
  const { store, now, logError, everyMs = 5_000 } = options;
  let waiting = new Map<string, SectorKey & AccessEntry>();
  let lastFlush: Promise<void> = Promise.resolve();
  /** A flush before its time is under way. */
  let isEarly = false;

  function flush(): Promise<void> {
    lastFlush = lastFlush.then(async () => {
      const entries = waiting;
      if (entries.size === 0) return;
      waiting = new Map();
      try {
        await store.noteAccesses([...entries.values()]);
      } catch (cause) {
        logError(cause);
        for (const [name, entry] of entries) add(name, entry);
      }
    });
    return lastFlush;
  }

  /** Past the bound only what is there already is counted further. */
  function add(name: string, entry: SectorKey & AccessEntry): void {
    const held = waiting.get(name);
    if (held === undefined && waiting.size >= MOST_KEPT) return;
    waiting.set(name, {
      ...entry,
      times: entry.times + (held?.times ?? 0),
      requestIds: namedOnce(held?.requestIds ?? NONE, entry.requestIds),
    });
  }

  const timer = setInterval(() => {
    void flush();
  }, everyMs).unref();

  return {
    note(purpose, requestId, { sectorKeys }) {
      const requestIds = requestId === null ? NONE : [requestId];
      const day = now().toISOString().slice(0, 10);
      for (const [partner, sectorKey] of Object.entries(sectorKeys)) {
        const name = `${partner}/${sectorKey}/${purpose}/${day}`;
        add(name, { partner, sectorKey, purpose, day, times: 1, requestIds });
      }
      if (waiting.size >= MOST_WAITING && !isEarly) {
        isEarly = true;
        void flush().then(() => {
          isEarly = false;
        });
      }
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
