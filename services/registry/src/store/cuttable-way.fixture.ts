import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a database that can be cut. */
export interface CuttableWay {
  readonly url: string;
  /** Ends every connection; new ones come through. */
  cut(): void;
  close(): Promise<void>;
}

export async function openCuttableWay(databaseUrl: string): Promise<CuttableWay> {
  const { port, hostname } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server: Server = createServer((from) => {
    const to = connect(Number(port), hostname);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const way = new URL(databaseUrl);
  way.port = String(address.port);
  way.hostname = '127.0.0.1';
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    url: way.href,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
