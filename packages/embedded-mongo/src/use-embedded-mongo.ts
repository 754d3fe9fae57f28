import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mongoose } from 'mongoose';
import driver from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import { EmbeddedClient } from './embedded-client.ts';

const scheme = 'embedded-mongo:';
const connecting = 2;

class EmbeddedConnection extends driver.Connection {
  async createClient(uri: string): Promise<this> {
    if (!uri.startsWith(scheme)) {
      throw new Error(
        'This Mongoose instance uses embedded-mongo: connect it with the URI useEmbeddedMongo() gave',
      );
    }
    if (this._destroyCalled) throw new Error('This connection was destroyed; make a new one');
    this.readyState = connecting;
    this._connectionString = uri;
    const url = new URL(uri.slice(scheme.length));
    const database = url.searchParams.get('database') ?? 'test';
    const client = new EmbeddedClient(
      fileURLToPath(url.origin === 'null' ? `file://${url.pathname}` : url),
      database,
    );
    for (const [connection, name] of [
      [this, database] as const,
      ...this.otherDbs.map((other) => [other, other.name] as const),
    ]) {
      connection.client = client;
      connection.db = client.db(name);
      connection.name = name;
      connection.host = 'embedded';
      connection.port = 0;
      connection._lastHeartbeatAt = null;
      connection.onOpen();
      for (const collection of Object.values(connection.collections)) collection.onOpen();
    }
    return this;
  }
}

/**
 * Puts the embedded driver into one Mongoose instance (before it connects) and answers the URI to connect it
 * with. `file` is the SQLite file, made when absent; `database` is the database's name, `test` by default.
 */
export function useEmbeddedMongo(
  mongoose: Mongoose,
  { file, database = 'test' }: { readonly file: string; readonly database?: string },
): string {
  mongoose.setDriver({ ...driver, Connection: EmbeddedConnection });
  const url = pathToFileURL(path.resolve(file));
  url.searchParams.set('database', database);
  return `${scheme}${url.href}`;
}
