import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port nobody listens on now. For two processes that must know each other before either listens; another
 * program may still take it first, and then the start says so.
 */
export async function findFreePort(host: string): Promise<number> {
  const server = createServer();
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
