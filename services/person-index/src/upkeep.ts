import type { PersonIndexStore } from './store/person-index-store.ts';

export interface UpkeepOptions {
  readonly store: Pick<PersonIndexStore, 'sweep' | 'relinkAll'>;
  /** Hour of the day, UTC, at which everybody is linked anew. */
  readonly relinkHour: number;
  readonly now: () => Date;
  readonly logger: {
    info(figures: object, message: string): void;
    error(failure: object, message: string): void;
  };
  readonly everyMs?: number;
}

const HOUR_MS = 3_600_000;

/** Every hour: forgets whom it must forget; once a night: links everybody anew, with the registers' new sizes. */
export function startUpkeep(options: UpkeepOptions): { close(): Promise<void> } {
  const { store, relinkHour, now, logger, everyMs = HOUR_MS } = options;
  let running: Promise<void> = Promise.resolve();
  /** The night that began at the last `relinkHour`; a process that starts after it leaves that night alone. */
  const night = (): string =>
    new Date(now().getTime() - relinkHour * HOUR_MS).toISOString().slice(0, 10);
  let relinkedFor = night();

  async function round(): Promise<void> {
    try {
      const forgotten = await store.sweep();
      if (forgotten > 0) logger.info({ forgotten }, 'forgot records past their retention');
      const tonight = night();
      if (relinkedFor === tonight) return;
      await store.relinkAll();
      relinkedFor = tonight;
      logger.info({}, 'linked everybody anew');
    } catch (err) {
      logger.error({ err }, 'upkeep postponed to the next hour');
    }
  }

  const timer = setInterval(() => {
    running = running.then(round);
  }, everyMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
