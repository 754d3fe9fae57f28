import { type buildConnector, type Dispatcher, Pool } from 'undici';
import { createHttp2Session, type Http2Session } from './http2-session.ts';

/** How one partner is reached. */
export interface Transport extends Pick<Dispatcher, 'dispatch'> {
  /** Ends what is under way as well. */
  destroy(): Promise<void>;
}

/** What opens the sockets; the one for TLS offers HTTP/2. */
export interface Connectors {
  readonly http1: buildConnector.connector;
  readonly negotiating: buildConnector.connector;
}

/**
 * At most `connections` sockets that are kept alive; over TLS a single one with many streams where the partner speaks
 * HTTP/2, which its first socket finds out. Opens none before the first question.
 */
export function createTransport(
  origin: string,
  connections: number,
  connectors: Connectors,
): Transport {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    connect: connectors.http1,
    // Deadlines are the call's; undici's own would report them under other names.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  if (new URL(origin).protocol !== 'https:') return pool;
  return createNegotiatingTransport(origin, pool, connectors.negotiating);
}

type Waiting = Parameters<Dispatcher['dispatch']>;

function createNegotiatingTransport(
  origin: string,
  pool: Pool,
  connect: buildConnector.connector,
): Transport {
  const { hostname, host, port, protocol } = new URL(origin);
  const waiting: Waiting[] = [];
  const sessions = new Set<Http2Session>();
  let session: Http2Session | undefined;
  let spoken: 'unknown' | 'HTTP/1.1' = 'unknown';
  let isConnecting = false;
  let isDestroyed = false;

  function negotiate(): void {
    isConnecting = true;
    const target = { hostname: hostname.replace(/^\[(.*)\]$/u, '$1'), host, port, protocol };
    connect(target, (error, socket) => {
      isConnecting = false;
      const questions = waiting.splice(0);
      if (error) {
        for (const [, handler] of questions) failBeforeStart(handler, error);
        return;
      }
      if (isDestroyed) socket.destroy();
      else if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2') {
        const opened = createHttp2Session(origin, socket, () => sessions.delete(opened));
        sessions.add(opened);
        session = opened;
      } else {
        spoken = 'HTTP/1.1';
        socket.destroy();
      }
      for (const question of questions) dispatch(...question);
    });
  }

  function dispatch(...question: Waiting): boolean {
    if (session?.isOpen) return session.dispatch(...question);
    if (spoken === 'HTTP/1.1' || isDestroyed) return pool.dispatch(...question);
    waiting.push(question);
    if (!isConnecting) negotiate();
    return true;
  }

  return {
    dispatch,
    async destroy() {
      isDestroyed = true;
      for (const one of sessions) one.destroy();
      const destroyed = pool.destroy();
      // Refused by it like every question that comes now.
      for (const question of waiting.splice(0)) pool.dispatch(...question);
      await destroyed;
    },
  };
}

function failBeforeStart(handler: Dispatcher.DispatchHandler, error: Error): void {
  handler.onResponseError?.(neverStarted, error);
}

/** What a handler is given for an exchange of which nothing was sent. */
const neverStarted: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};
