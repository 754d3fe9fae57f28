import type { Writable } from 'node:stream';
import type { Listener, SignedMessage } from './publication.ts';

/** One gateway's stream of server-sent events. */
export interface Stream {
  readonly listen: Listener;
  /** Ends a reader that has not taken what it was sent for too long. */
  check(): void;
}

const slowestMs = 5_000;

/** A reader that is behind gets the newest state only: it replaces all before it. */
export function createStream(to: Writable, nowMs: () => number): Stream {
  /** The newest of each kind; the state goes first. */
  const waiting: Record<SignedMessage['kind'], SignedMessage | null> = {
    state: null,
    supergraph: null,
    still: null,
  };
  /** Since when the reader takes nothing. */
  let blockedSince: number | null = null;

  function write({ kind, version, jws }: SignedMessage): void {
    const isTaken = to.write(`event: ${kind}\nid: ${version}\ndata: ${jws}\n\n`);
    blockedSince = isTaken ? null : nowMs();
  }

  /** One at a time: the next goes when this one is taken. */
  function sendWaiting(): void {
    const next = waiting.state ?? waiting.supergraph ?? waiting.still;
    if (next === null) return;
    waiting[next.kind] = null;
    write(next);
    if (blockedSince === null) sendWaiting();
  }

  to.on('drain', () => {
    blockedSince = null;
    sendWaiting();
  });

  return {
    listen(message) {
      if (to.destroyed || to.writableEnded) return;
      if (blockedSince === null) write(message);
      // That an older state still holds is no news beside a newer one.
      else if (message.kind !== 'still' || waiting.state === null) waiting[message.kind] = message;
      if (message.kind === 'state') waiting.still = null;
    },
    check() {
      if (blockedSince !== null && nowMs() - blockedSince > slowestMs) to.destroy();
    },
  };
}
