import { connect } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import { type StreamWatch, startHttp2Exchange } from './http2-exchange.ts';

/** An idle session is given up after this time: the next question opens another. */
const idleMs = 60_000;
/** What may be on its way to us on one stream, and on all together, before we have read it. */
const streamWindowBytes = 1024 * 1024;
const sessionWindowBytes = 4 * 1024 * 1024;

/** One HTTP/2 connection to a partner, spoken to like a client of undici. */
export interface Http2Session extends Pick<Dispatcher, 'dispatch'> {
  /** Whether new questions may still go over it. */
  readonly isOpen: boolean;
  destroy(): void;
}

/** Speaks HTTP/2 over a socket on which both sides agreed to it. */
export function createHttp2Session(
  origin: string,
  socket: Duplex,
  onClose: () => void,
): Http2Session {
  const session = connect(origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: streamWindowBytes },
  });
  let isRetired = false;
  let running = 0;
  let heard = 0;

  /** Lets the questions on it come to their end, and no other begin. */
  function retire(): void {
    isRetired = true;
    if (running === 0) session.destroy();
  }

  session.on('connect', () => session.setLocalWindowSize(sessionWindowBytes));
  session.on('goaway', retire);
  session.on('close', () => {
    retire();
    onClose();
  });
  // Each exchange hears of it for itself.
  session.on('error', retire);
  session.setTimeout(idleMs, retire);

  return {
    get isOpen() {
      return !isRetired && !session.closed && !session.destroyed;
    },
    dispatch(options, handler) {
      const heardBefore = heard;
      const watch: StreamWatch = {
        onOpen: () => {
          running += 1;
        },
        onHeard: () => {
          heard += 1;
        },
        // A connection on which nothing came since may be dead without a word; the next question takes another.
        onAbort: () => {
          if (heard === heardBefore) isRetired = true;
        },
        onClose: () => {
          running -= 1;
          if (isRetired && running === 0) session.destroy();
        },
      };
      startHttp2Exchange(session, options, handler, watch);
      return true;
    },
    destroy: () => session.destroy(),
  };
}
