import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Pool } from 'pg';
import { createPostgresOperationStore } from '../schemas/store/postgres-operation-store.ts';
import { createPostgresSchemaWriter } from '../schemas/store/write-schemas.ts';
import { migrate, WRITER_LOCK } from './migrations.ts';
import { createPostgresReader, nobodys } from './read-registry.ts';
import type { RegistryDatabase } from './registry-database.ts';
import { ClientInUseError, type RegistryEntry, type RegistryStore } from './registry-store.ts';

export interface PostgresRegistryStoreOptions {
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** Told when an idle connection breaks; the next read opens another. */
  readonly onConnectionLost?: (cause: Error) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** The server gives up first: a statement that only this side gave up on would keep its connection, and its locks. */
const QUERY_TIMEOUT_MS = 12_000;
const UNIQUE_VIOLATION = '23505';

/** The registry in PostgreSQL; connects and migrates at the first need, so it starts without its database. */
export function createPostgresRegistryStore(options: PostgresRegistryStoreOptions): RegistryStore {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // Without a listener a database restart would end this process.
  pool.on('error', (cause) => options.onConnectionLost?.(cause));
  // The pool listens to idle connections only: one cut between two statements of a change would end it too.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  const db = new Kysely<RegistryDatabase>({ dialect: new PostgresDialect({ pool }) });
  let migrated: Promise<void> | undefined;
  /** One writer at a time in this process too, so that waiting writers do not use up the pool. */
  let lastChange: Promise<unknown> = Promise.resolve();

  async function ready(): Promise<Kysely<RegistryDatabase>> {
    migrated ??= migrate(db).catch((cause: unknown) => {
      migrated = undefined;
      throw cause;
    });
    await migrated;
    return db;
  }

  return {
    ...createPostgresReader(ready),
    version: async () => readVersion(await ready()),
    async heads() {
      const query = (await ready()).withSchema('registry').selectFrom('head').selectAll();
      const { version, release_sequence: sequence } = await query.executeTakeFirstOrThrow();
      return { version: Number(version), sequence: Number(sequence) };
    },
    async contents() {
      const connected = await ready();
      return connected
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (transaction) => {
          const tables = transaction.withSchema('registry');
          const version = await readVersion(transaction);
          const partners = await tables
            .selectFrom('partner')
            .select('entry')
            .orderBy('id')
            .execute();
          const consumers = await tables
            .selectFrom('consumer')
            .select('entry')
            .orderBy('id')
            .execute();
          const purposes = await tables
            .selectFrom('purpose')
            .select('entry')
            .orderBy('id')
            .execute();
          return {
            version,
            partners: partners.map(({ entry }) => entry),
            consumers: consumers.map(({ entry }) => entry),
            purposes: purposes.map(({ entry }) => entry),
          };
        });
    },
    change(work) {
      const turn = lastChange.then(async () =>
        (await ready()).transaction().execute(async (transaction) => {
          await sql`SELECT pg_advisory_xact_lock(${WRITER_LOCK})`.execute(transaction);
          const versionAfter = (await readVersion(transaction)) + 1;
          const saved: string[] = [];
          const result = await work({
            ...createPostgresReader(async () => transaction),
            versionAfter,
            schemas: createPostgresSchemaWriter(transaction),
            async save(change) {
              saved.push(change.entry.id);
              await write(transaction, change);
            },
          });
          if (saved.length > 0) {
            await transaction
              .withSchema('registry')
              .updateTable('head')
              .set({ version: versionAfter })
              .execute();
          }
          return result;
        }),
      );
      lastChange = turn.catch(() => undefined);
      return turn;
    },
    operations: createPostgresOperationStore(ready),
    async isReady() {
      await readVersion(await ready());
      return true;
    },
    close: () => db.destroy(),
  };
}

async function readVersion(db: Kysely<RegistryDatabase>): Promise<number> {
  const query = db.withSchema('registry').selectFrom('head').select('version');
  return Number((await query.executeTakeFirstOrThrow()).version);
}

async function write(
  transaction: Transaction<RegistryDatabase>,
  { kind, entry }: RegistryEntry,
): Promise<void> {
  const tables = transaction.withSchema('registry');
  const row = { id: entry.id, revision: entry.revision, entry: JSON.stringify(entry) };
  const changed = { revision: row.revision, entry: row.entry };
  if (kind === 'purpose') {
    await tables
      .insertInto('purpose')
      .values({ ...row, consumer_id: entry.consumerId })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
      .execute();
    return;
  }
  await tables
    .insertInto(kind)
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute();
  if (kind === 'partner') return;
  await tables.deleteFrom('client').where('consumer_id', '=', entry.id).execute();
  const clients = entry.content.clients.map(({ issuer, clientId, organisation }) => ({
    issuer,
    client_id: clientId,
    organisation: organisation ?? nobodys,
    consumer_id: entry.id,
  }));
  if (clients.length === 0) return;
  try {
    await tables.insertInto('client').values(clients).execute();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === UNIQUE_VIOLATION) {
      throw new ClientInUseError('A client belongs to another consumer', { cause });
    }
    throw cause;
  }
}
