import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import type { ContentEncoding } from './answer-head.ts';
import { CallDeadline } from './call-deadlines.ts';
import { endOfSignal } from './operation-end.ts';
import { postOnce } from './post-once.ts';

/** Servers and clients of one test file, closed after each test. */
export class Partners {
  /** How often a socket was given up since the last test. */
  released = 0;
  /** Sockets of all servers. */
  readonly sockets = new Set<Socket>();
  readonly #closing: (() => unknown)[] = [];

  /** Runs `close` after the test, later ones first. */
  after(close: () => unknown): void {
    this.#closing.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
    this.released = 0;
  }

  dropSockets(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  /** The port of any server on this machine. */
  async listen(server: Server): Promise<number> {
    server.on('connection', (socket: Socket) => this.sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    this.after(() => {
      this.dropSockets();
      server.close();
    });
    return address.port;
  }

  async start(listener: RequestListener): Promise<Pool> {
    return this.#poolOf(createServer(listener));
  }

  /** Answers each first request of a socket with exactly these bytes, and closes. */
  async startRaw(...pieces: readonly string[]): Promise<Pool> {
    return this.#poolOf(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          for (const piece of pieces) socket.write(piece);
          socket.end();
        });
      }),
    );
  }

  ask(
    dispatcher: Pick<Dispatcher, 'dispatch'>,
    options: {
      readonly call?: CallDeadline;
      readonly maxAnswerBytes?: number;
      readonly encodings?: readonly ContentEncoding[];
    } = {},
  ): Promise<object> {
    const { call = unlimited(), maxAnswerBytes = 1_000_000, encodings = ['identity'] } = options;
    return postOnce(
      dispatcher,
      { path: '/graphql', body: '{"query":"{a}"}', headers: [], encodings, maxAnswerBytes },
      call,
      () => {
        this.released += 1;
      },
    );
  }

  async #poolOf(server: Server): Promise<Pool> {
    const port = await this.listen(server);
    const pool = new Pool(`http://127.0.0.1:${port}`, {
      connections: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.after(() => pool.destroy());
    return pool;
  }
}

/** The time of a call that ends only when told. */
export function unlimited(): CallDeadline {
  return new CallDeadline(Number.POSITIVE_INFINITY, endOfSignal(new AbortController().signal));
}

export function sending(body: string | Buffer, contentType = 'application/json'): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': contentType }).end(body);
  };
}
