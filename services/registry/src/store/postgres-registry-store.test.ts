import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCuttableWay } from './cuttable-way.fixture.ts';
import { createPostgresRegistryStore } from './postgres-registry-store.ts';
import { describeRegistryStore, type StoreUnderTest } from './registry-store.contract.ts';

/** A server of the developer's own, when there is one: its schema `registry` is emptied. */
// biome-ignore lint/style/noProcessEnv: which server a developer tests against is that developer's environment
const { TEST_DATABASE_URL } = process.env;

let embedded: EmbeddedPostgres | null = null;
let databaseUrl = TEST_DATABASE_URL ?? '';
beforeAll(async () => {
  if (TEST_DATABASE_URL !== undefined) return;
  embedded = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  databaseUrl = embedded.url;
});
afterAll(() => embedded?.close());

async function open(): Promise<StoreUnderTest> {
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
        `TRUNCATE registry.purpose, registry.client, registry.consumer, registry.partner,
          registry.subgraph, registry.subgraph_version, registry.release, registry.release_contract,
          registry.contract, registry.waiver, registry.operation, registry.operation_use,
          registry.operation_report`,
      );
      await client.query('UPDATE registry.head SET version = 0, release_sequence = 0');
    },
    async close() {
      await client.end();
      await store.close();
      await other.close();
    },
  };
}

describeRegistryStore(TEST_DATABASE_URL === undefined ? 'embedded' : 'TEST_DATABASE_URL', open);

it('goes on when its connections are cut, and says when there is none to be had', async () => {
  const way = await openCuttableWay(databaseUrl);
  let lost: () => void = () => undefined;
  const isLost = new Promise<void>((resolve) => {
    lost = resolve;
  });
  const store = createPostgresRegistryStore({
    databaseUrl: way.url,
    poolSize: 2,
    onConnectionLost: () => lost(),
  });
  const before = await store.version();
  way.cut();
  await isLost;
  expect(await store.version()).toBe(before);
  await way.close();
  await expect(store.isReady()).rejects.toThrow();
  await store.close();
});
