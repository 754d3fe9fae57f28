import type { Writable } from 'node:stream';
import type { Listener, SignedMessage } from './publication.ts';

/** One gateway's stream of server-sent events. */
export interface Stream {
  readonly listen: Listener;
  /** Ends a reader that has not taken what it was sent for too long. */
  check(): void;
}

const kinds = ['state', 'supergraph', 'still'] as const satisfies readonly SignedMessage['kind'][];
const slowestMs = 5_000;

/** A reader that is behind gets the newest state only: it replaces all before it. */
export function createStream(to: Writable, nowMs: () => number): Stream {
  /** The newest of each kind, in the order in which they are sent. */
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

  to.on('drain', () => {
    blockedSince = null;
    for (const kind of kinds) {
      const next = waiting[kind];
      if (next === null || blockedSince !== null) continue;
      waiting[kind] = null;
      write(next);
    }
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
