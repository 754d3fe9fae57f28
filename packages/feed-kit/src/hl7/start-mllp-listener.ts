import { createServer, type Socket } from 'node:net';
import { createMllpFrameReader, frameMllp, type MllpBlock } from './mllp-frames.ts';

export interface MllpListenerOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /**
   * Answers one message with its acknowledgement. Called in the order of arrival on a connection; a second
   * call may start before the first has answered, up to `maxInFlight`. When it rejects, the connection is
   * cut without an acknowledgement, so that the sender sends again.
   */
  readonly handle: (message: Buffer) => Promise<Buffer>;
  /** Answers a message longer than `maxMessageBytes` from its first bytes. */
  readonly refuseOversized: (head: Buffer) => Promise<Buffer>;
  readonly onConnectionError?: (cause: unknown) => void;
  /** Default 1 MiB. */
  readonly maxMessageBytes?: number;
  /** Default 32; further connections are closed at once. */
  readonly maxConnections?: number;
  /** Milliseconds of silence after which a connection is closed; default 10 minutes. */
  readonly idleTimeoutMs?: number;
  /** Messages of one connection being handled at a time; reading stops above it. Default 64. */
  readonly maxInFlight?: number;
}

export interface MllpListener {
  readonly port: number;
  readonly connectionCount: number;
  /** Stops listening, lets the messages already read be acknowledged, then closes every connection. */
  close(): Promise<void>;
}

/** Listens for HL7 messages over MLLP; acknowledgements leave in the order the messages came. */
export async function startMllpListener(options: MllpListenerOptions): Promise<MllpListener> {
  const connections = new Map<Socket, { drained: () => Promise<void> }>();
  const server = createServer({ noDelay: true }, (socket) => {
    connections.set(socket, serveConnection(socket, options));
    socket.once('close', () => connections.delete(socket));
  });
  server.maxConnections = options.maxConnections ?? 32;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('MLLP needs a TCP port');

  return {
    port: address.port,
    get connectionCount() {
      return connections.size;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(
        [...connections].map(async ([socket, connection]) => {
          socket.pause();
          await connection.drained();
          socket.destroySoon();
        }),
      );
      await closed;
    },
  };
}

function serveConnection(socket: Socket, options: MllpListenerOptions) {
  const maxInFlight = options.maxInFlight ?? 64;
  const reader = createMllpFrameReader({ maxMessageBytes: options.maxMessageBytes ?? 1024 * 1024 });
  const waiting: MllpBlock[] = [];
  let inFlight = 0;
  /** Each acknowledgement is written after the one before it. */
  let answered: Promise<void> = Promise.resolve();

  const answer = async (acknowledgement: Promise<Buffer>, previous: Promise<void>) => {
    try {
      const [bytes] = await Promise.all([acknowledgement, previous]);
      if (!socket.writable) return;
      const flowing = socket.write(frameMllp(bytes));
      if (!flowing) await drainOrClose(socket);
    } catch (cause) {
      options.onConnectionError?.(cause);
      socket.destroy();
    } finally {
      inFlight -= 1;
      handleWaiting();
    }
  };
  const handleWaiting = () => {
    while (inFlight < maxInFlight && !socket.destroyed) {
      const block = waiting.shift();
      if (block === undefined) break;
      inFlight += 1;
      const acknowledgement =
        block.kind === 'message'
          ? options.handle(block.bytes)
          : options.refuseOversized(block.head);
      answered = answer(acknowledgement, answered);
    }
    if (waiting.length === 0 && !closing) socket.resume();
  };

  let closing = false;
  socket.setTimeout(options.idleTimeoutMs ?? 600_000, () => socket.destroy());
  socket.on('error', (cause) => options.onConnectionError?.(cause));
  socket.on('data', (chunk) => {
    waiting.push(...reader.push(chunk));
    handleWaiting();
    if (waiting.length > 0) socket.pause();
  });
  return {
    drained: async () => {
      closing = true;
      // Each turn waits for what had begun; answering may have begun the handling of more.
      while (inFlight > 0 || waiting.length > 0) {
        if (socket.destroyed) return;
        await answered;
      }
    },
  };
}

function drainOrClose(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
