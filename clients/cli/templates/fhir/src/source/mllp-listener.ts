import { createServer, type Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import { describeError } from '../hub/errors.ts';

const start = 0x0b;
const end = 0x1c;

export interface MllpListenerOptions {
  /** Messages travel in the clear: this machine, or a network that carries nothing else. */
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Answers one message; when it rejects, the connection is cut and the sender sends again. */
  readonly handle: (message: Buffer) => Promise<Buffer>;
  readonly logger: FastifyBaseLogger;
  readonly maxMessageBytes?: number;
  readonly maxConnections?: number;
  readonly idleTimeoutMs?: number;
}

/** Listens for HL7 v2 over MLLP; messages of one connection are answered one after the other, in order. */
export async function startMllpListener(
  options: MllpListenerOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const answering = new Map<Socket, Promise<void>>();
  const server = createServer({ noDelay: true }, (socket) => {
    answering.set(socket, Promise.resolve());
    socket.once('close', () => answering.delete(socket));
    serve(socket, options, (work) => answering.set(socket, work));
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
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const [socket, work] of answering) void work.finally(() => socket.destroySoon());
      await closed;
    },
  };
}

function serve(
  socket: Socket,
  { handle, logger, maxMessageBytes = 1024 * 1024, idleTimeoutMs = 600_000 }: MllpListenerOptions,
  begun: (work: Promise<void>) => void,
): void {
  let buffer = Buffer.alloc(0);
  const answerAll = async () => {
    for (let message = next(); message !== null; message = next()) {
      const answer = await handle(message);
      socket.write(Buffer.concat([Buffer.from([start]), answer, Buffer.from([end, 0x0d])]));
    }
  };
  /** The next whole message of what has come; what lies between messages is skipped. */
  const next = (): Buffer | null => {
    const from = buffer.indexOf(start);
    if (from < 0) {
      buffer = Buffer.alloc(0);
      return null;
    }
    const to = buffer.indexOf(end, from);
    if (to < 0) return null;
    const message = buffer.subarray(from + 1, to);
    buffer = buffer.subarray(to + 1);
    return message;
  };
  socket.setTimeout(idleTimeoutMs, () => socket.destroy());
  socket.on('error', (error) => logger.warn(describeError(error), 'an MLLP connection broke'));
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    // Read no further until what came is answered: that bounds what is held.
    socket.pause();
    begun(
      answerAll().then(
        () => {
          if (buffer.length > maxMessageBytes) socket.destroy();
          else socket.resume();
        },
        (error: unknown) => {
          logger.error(
            describeError(error),
            'a message could not be stored: it was not acknowledged',
          );
          socket.destroy();
        },
      ),
    );
  });
}
