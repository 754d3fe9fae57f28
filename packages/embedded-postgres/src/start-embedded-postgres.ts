import { type AddressInfo, createServer } from 'node:net';
import { resolve as resolvePath } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { lockFolder } from './lock-folder.ts';
import { openCluster } from './open-cluster.ts';
import { serveSession } from './session.ts';
import { createSessionSettings } from './session-settings.ts';
import { createTurns } from './turns.ts';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster, made when missing; absent = in memory, gone on close. */
  readonly dataDir?: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Loopback only: there is no password. */
  readonly host: '127.0.0.1';
  /** 60,000 when absent: a client that holds a transaction open this long without a word is ended. */
  readonly idleInTransactionMs?: number;
}

export interface EmbeddedPostgres {
  /** For `pg`: `postgres://postgres@127.0.0.1:PORT/postgres`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process, for whoever speaks its wire protocol; meant to be a process of its own.
 * Any number of clients; their requests and transactions take turns. Throws FolderInUseError when another
 * process has `dataDir` open.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = options.dataDir === undefined ? undefined : resolvePath(options.dataDir);
  const unlock = dataDir === undefined ? async () => undefined : await lockFolder(dataDir);
  const db = await (dataDir === undefined ? PGlite.create() : openCluster(dataDir)).catch(
    async (cause: unknown) => {
      await unlock();
      throw cause;
    },
  );
  const { rows } = await db.query<{ server_version: string }>('SHOW server_version');
  const session = {
    db,
    turns: createTurns(),
    settings: await createSessionSettings(db),
    serverVersion: rows[0]?.server_version ?? '',
    idleInTransactionMs: options.idleInTransactionMs ?? 60_000,
  };
  const sessions = new Set<ReturnType<typeof serveSession>>();
  const server = createServer((socket) => {
    const one = serveSession(socket, session);
    sessions.add(one);
    void one.closed.then(() => sessions.delete(one));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  // A TCP server's address is an object; only a pipe's is text.
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://postgres@${options.host}:${port}/postgres`,
    port,
    async close() {
      const stopped = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const one of sessions) one.end();
      await Promise.all([...sessions].map((one) => one.closed));
      await stopped;
      await db.close();
      await unlock();
    },
  };
}
