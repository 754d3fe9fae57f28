import { startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { createPostgresRegistryStore } from './postgres-registry-store.ts';
import { describeRegistryStore, type StoreUnderTest } from './registry-store.contract.ts';

/** A server of the developer's own, when there is one: its schema `registry` is emptied. */
// biome-ignore lint/style/noProcessEnv: which server a developer tests against is that developer's environment
const { TEST_DATABASE_URL } = process.env;

async function open(): Promise<StoreUnderTest> {
  const embedded =
    TEST_DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 })
      : null;
  const databaseUrl = embedded?.url ?? TEST_DATABASE_URL ?? '';
  const store = createPostgresRegistryStore({ databaseUrl, poolSize: 2 });
  const other = createPostgresRegistryStore({ databaseUrl, poolSize: 2 });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // Both at once: migrations must not meet.
  await Promise.all([store.isReady(), other.isReady()]);
  return {
    store,
    other,
    async empty() {
      await client.query(
        'TRUNCATE registry.purpose, registry.client, registry.consumer, registry.partner',
      );
      await client.query('UPDATE registry.head SET version = 0');
    },
    async close() {
      await client.end();
      await store.close();
      await other.close();
      await embedded?.close();
    },
  };
}

describeRegistryStore(TEST_DATABASE_URL === undefined ? 'embedded' : 'TEST_DATABASE_URL', open);

it('is not ready without its database, and is when it comes back', async () => {
  const first = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const { port, url } = first;
  const store = createPostgresRegistryStore({ databaseUrl: url, poolSize: 2 });
  expect(await store.isReady()).toBe(true);
  await first.close();
  await expect(store.isReady()).rejects.toThrow();
  const second = await startEmbeddedPostgres({ host: '127.0.0.1', port });
  // It is another, empty one: what the first had is migrated only by a new process.
  await expect(store.version()).rejects.toMatchObject({ code: '42P01' });
  const fresh = createPostgresRegistryStore({ databaseUrl: url, poolSize: 2 });
  expect(await fresh.isReady()).toBe(true);
  expect(await store.version()).toBe(0);
  await Promise.all([store.close(), fresh.close()]);
  await second.close();
});
