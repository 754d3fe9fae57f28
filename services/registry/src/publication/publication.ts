import {
  type RegistryMessage,
  type RegistryState,
  signRegistryMessage,
} from '@tavolo/access-model';
import type { CryptoKey } from 'jose';
import type { RegistryStore } from '../store/registry-store.ts';
import { buildState } from './build-state.ts';

/** A signed message, ready to be sent. */
export interface SignedMessage {
  readonly kind: RegistryMessage['kind'];
  /** Of the state, or the sequence of the supergraph. */
  readonly version: number;
  readonly jws: string;
}

/** Whoever wants to hear of every change. */
export type Listener = (message: SignedMessage) => void;

/** Tells gateways what holds: after every change, and every two seconds that it still does. */
export interface Publication {
  /** Looks whether the registry has changed, in this process or another, and tells everybody. */
  refresh(): Promise<void>;
  /** The whole state as of now, newly read and signed. */
  current(): Promise<SignedMessage>;
  /** Begins with the state, and with which supergraph is in force; the answer ends it. */
  subscribe(listener: Listener): Promise<() => void>;
  close(): Promise<void>;
}

export interface PublicationOptions {
  readonly store: Pick<RegistryStore, 'heads' | 'contents'>;
  readonly key: CryptoKey;
  readonly now: () => Date;
  /** How often another process's changes are looked for; 250 when absent, far below the second they may take. */
  readonly pollEveryMs?: number;
  /** 2,000 when absent. */
  readonly stillEveryMs?: number;
  readonly logError: (cause: unknown) => void;
}

/**
 * Polls the version instead of listening for notifications: one row read four times a second works with the
 * embedded database, through poolers, and after a lost connection.
 */
export function createPublication(options: PublicationOptions): Publication {
  const { store, key, now, pollEveryMs = 250, stillEveryMs = 2_000, logError } = options;
  const listeners = new Set<Listener>();
  let state: RegistryState | null = null;
  /** Of the newest supergraph; 0 = there is none. */
  let sequence = 0;
  /** Readings take turns, so that an older state never follows a newer one. */
  let last: Promise<void> = Promise.resolve();
  let isPolling = false;
  let hasFailed = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** The state of now; others have not heard of what is new. */
  async function read(): Promise<{
    readonly state: RegistryState;
    readonly isNew: boolean;
    readonly isNewSupergraph: boolean;
  }> {
    const heads = await store.heads();
    const isNewSupergraph = heads.sequence > sequence;
    const isNew = state?.version !== heads.version;
    if (state === null || isNew) state = buildState(await store.contents());
    // Last: what was not read is not known.
    sequence = heads.sequence;
    return { state, isNew, isNewSupergraph };
  }

  async function signState(fresh: RegistryState): Promise<SignedMessage> {
    const issuedAt = now().toISOString();
    const jws = await signRegistryMessage({ kind: 'state', issuedAt, state: fresh }, key);
    return { kind: 'state', version: fresh.version, jws };
  }

  async function signSupergraph(): Promise<SignedMessage> {
    const issuedAt = now().toISOString();
    const jws = await signRegistryMessage({ kind: 'supergraph', issuedAt, sequence }, key);
    return { kind: 'supergraph', version: sequence, jws };
  }

  function tell(message: SignedMessage): void {
    for (const listener of listeners) listener(message);
  }

  async function tellNews(): Promise<RegistryState> {
    const found = await read();
    if (listeners.size > 0) {
      if (found.isNew) tell(await signState(found.state));
      if (found.isNewSupergraph) tell(await signSupergraph());
    }
    return found.state;
  }

  /** Nothing is said to hold that could not be read: gateways then go by their own time limit. */
  async function tick(work: () => Promise<unknown>): Promise<void> {
    try {
      await inTurn(work);
      hasFailed = false;
    } catch (cause) {
      if (!hasFailed) logError(cause);
      hasFailed = true;
    }
  }

  const poll = setInterval(() => {
    if (isPolling || listeners.size === 0) return;
    isPolling = true;
    void tick(tellNews).finally(() => {
      isPolling = false;
    });
  }, pollEveryMs);
  let isStilling = false;
  const still = setInterval(() => {
    if (isStilling || listeners.size === 0) return;
    isStilling = true;
    void tick(async () => {
      const { version } = await tellNews();
      const issuedAt = now().toISOString();
      const jws = await signRegistryMessage({ kind: 'still', issuedAt, version }, key);
      tell({ kind: 'still', version, jws });
    }).finally(() => {
      isStilling = false;
    });
  }, stillEveryMs);
  poll.unref();
  still.unref();

  return {
    refresh: () => tick(tellNews),
    current: () => inTurn(async () => signState(await tellNews())),
    subscribe: (listener) =>
      inTurn(async () => {
        listener(await signState(await tellNews()));
        if (sequence > 0) listener(await signSupergraph());
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      }),
    async close() {
      clearInterval(poll);
      clearInterval(still);
      listeners.clear();
      await last;
    },
  };
}
