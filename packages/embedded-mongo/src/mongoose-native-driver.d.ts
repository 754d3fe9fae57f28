/** The parts of Mongoose's own driver that this package builds on; Mongoose ships no types for them. */
declare module 'mongoose/lib/drivers/node-mongodb-native/index.js' {
  interface OpenableCollection {
    onOpen(): void;
  }
  export class NativeConnection {
    constructor(base?: unknown);
    readyState: number;
    db: unknown;
    client: unknown;
    host: string;
    port: number;
    name: string;
    _connectionString: string;
    _destroyCalled?: boolean;
    _lastHeartbeatAt: number | null;
    config: Record<string, unknown>;
    otherDbs: NativeConnection[];
    collections: Record<string, OpenableCollection>;
    onOpen(): void;
  }
  const driver: {
    BulkWriteResult: unknown;
    Collection: unknown;
    Connection: typeof NativeConnection;
    ClientEncryption: unknown;
  };
  export default driver;
}
