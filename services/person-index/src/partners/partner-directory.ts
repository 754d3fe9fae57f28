import type { TokenHashes } from '../find-token-owner.ts';
import { FOUNDING_PARTNERS, type Partner } from '../partner.ts';
import type { PersonIndexStore } from '../store/person-index-store.ts';
import type { FurtherPartner } from './further-partner.ts';

/** Who enrols now. */
export interface PartnerList {
  /** Taken in while the index runs. */
  readonly enrolling: readonly FurtherPartner[];
  /** Removed lately: their keys are still asked for, and mean nobody. */
  readonly removed: readonly FurtherPartner[];
  /** Everybody who enrols, the founding ones first. */
  readonly names: readonly Partner[];
}

/** The institutions beside the founding ones, as this process last read them. */
export interface PartnerDirectory {
  readonly current: () => PartnerList;
  /** Of those taken in while the index runs. */
  readonly tokens: () => TokenHashes<Partner>;
  /** Reads them again; whoever follows is told before it resolves. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

export interface PartnerDirectoryOptions {
  readonly store: Pick<PersonIndexStore, 'partners' | 'forgetRemoved'>;
  readonly onChange: (list: PartnerList) => void;
  readonly now: () => Date;
  readonly logError: (cause: unknown, message: string) => void;
  /** What another process changed is known after so long. */
  readonly everyMs?: number;
}

/** Reads the partners every two seconds, and forgets the records of removed ones while there are any. */
export function createPartnerDirectory(options: PartnerDirectoryOptions): PartnerDirectory {
  const { store, onChange, now, logError, everyMs = 2_000 } = options;
  let list = listOf([]);
  let read = '[]';
  let lastRead: Promise<void> = Promise.resolve();
  let forgetting: Promise<void> | undefined;
  let isClosing = false;
  /** Removed ones whose records this process found forgotten, and on which day. */
  let forgotten = '';

  async function readAgain(): Promise<void> {
    const partners = await store.partners();
    const text = JSON.stringify(partners);
    if (text === read) return;
    read = text;
    list = listOf(partners);
    onChange(list);
  }

  async function forget(): Promise<void> {
    const removed = now().toISOString().slice(0, 10) + JSON.stringify(list.removed);
    if (list.removed.length === 0 || removed === forgotten) return;
    while (!isClosing) {
      if ((await store.forgetRemoved()) > 0) continue;
      forgotten = removed;
      return;
    }
  }

  function refresh(): Promise<void> {
    const mine = lastRead.then(readAgain);
    lastRead = mine.catch(() => undefined);
    return mine;
  }

  async function round(): Promise<void> {
    try {
      await refresh();
    } catch (cause) {
      logError(cause, 'partners were not read; those known last stay');
    }
    // Beside the reading: it may take minutes, and others come and go meanwhile.
    forgetting ??= forget()
      .catch((cause: unknown) => {
        logError(cause, 'records of a removed partner were not forgotten; again in a moment');
      })
      .finally(() => {
        forgetting = undefined;
      });
  }

  let isReading = false;
  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    void round().finally(() => {
      isReading = false;
    });
  }, everyMs).unref();

  return {
    current: () => list,
    tokens: () =>
      Object.fromEntries(
        list.enrolling.flatMap(({ name, tokenSha256 }) =>
          tokenSha256 === null ? [] : [[name, tokenSha256]],
        ),
      ),
    refresh,
    async close() {
      isClosing = true;
      clearInterval(timer);
      await lastRead;
      await forgetting;
    },
  };
}

function listOf(partners: readonly FurtherPartner[]): PartnerList {
  const enrolling = partners.filter(({ removedAt }) => removedAt === null);
  return {
    enrolling,
    removed: partners.filter(({ removedAt }) => removedAt !== null),
    names: [...FOUNDING_PARTNERS, ...enrolling.map(({ name }) => name)],
  };
}
