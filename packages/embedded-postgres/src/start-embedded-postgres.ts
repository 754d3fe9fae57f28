import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster, made when missing; absent = in memory, gone on close. */
  readonly dataDir?: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Loopback only: there is no password. */
  readonly host: '127.0.0.1';
}

export interface EmbeddedPostgres {
  /** For `pg`: `postgres://postgres@127.0.0.1:PORT/postgres`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** PostgreSQL in this process, for whoever speaks its wire protocol; meant to be a process of its own. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const db = await PGlite.create(options.dataDir === undefined ? {} : { dataDir: options.dataDir });
  const server = new PGLiteSocketServer({
    db,
    port: options.port,
    host: options.host,
    maxConnections: 100,
  });
  await server.start();
  const port = Number(server.getServerConn().split(':').at(-1));
  return {
    url: `postgres://postgres@${options.host}:${port}/postgres`,
    port,
    async close() {
      await server.stop();
      await db.close();
    },
  };
}
