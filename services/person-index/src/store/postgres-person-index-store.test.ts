import { startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { Client } from 'pg';
import { describePersonIndexGovernance } from './person-index-governance.contract.ts';
import { describePersonIndexHiding } from './person-index-hiding.contract.ts';
import { describePersonIndexListing } from './person-index-listing.contract.ts';
import { describePersonIndexPartners } from './person-index-partners.contract.ts';
import { describePersonIndexResilience } from './person-index-resilience.contract.ts';
import { describePersonIndexStore, type StoreUnderTest } from './person-index-store.contract.ts';
import { createPostgresPersonIndexStore } from './postgres-person-index-store.ts';

/** A server of the developer's own, when there is one: its schema `person_index` is emptied. */
// biome-ignore lint/style/noProcessEnv: which server a developer tests against is that developer's environment
const { TEST_DATABASE_URL } = process.env;

const START = new Date('2026-11-22T04:00:00Z');
let clock = START;

/** Mulberry32: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function open(): Promise<StoreUnderTest> {
  const embedded =
    TEST_DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 })
      : null;
  const databaseUrl = embedded?.url ?? TEST_DATABASE_URL ?? '';
  let statements: string[] = [];
  const openStore = () =>
    createPostgresPersonIndexStore({
      databaseUrl,
      poolSize: 3,
      storeSecret: 's'.repeat(32),
      refSecret: 'r'.repeat(32),
      embargoDays: 7,
      retentionDays: 365,
      random: createRandom(7),
      now: () => clock,
      onStatement: (statement) => statements.push(statement),
    });
  const store = openStore();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await store.isReady();
  return {
    store,
    async empty() {
      clock = START;
      await client.query(`TRUNCATE person_index.record, person_index.household_member,
        person_index.link, person_index.doubt, person_index.decision, person_index.event,
        person_index.access, person_index.linkage_key, person_index.enrolment, person_index.person_ref,
        person_index.partner`);
      // As if another process had written: what this one remembers is not believed.
      await client.query('UPDATE person_index.identity SET revision = revision + 1');
    },
    setClock(at) {
      clock = new Date(at);
    },
    reopen: openStore,
    async dump() {
      const { rows: tables } = await client.query<{ table: string }>(
        "SELECT table_name AS table FROM information_schema.tables WHERE table_schema = 'person_index'",
      );
      const parts = await Promise.all(
        tables.map(({ table }) =>
          client.query<{ t: string }>(`SELECT t::text FROM person_index.${table} t`),
        ),
      );
      return JSON.stringify(parts.map(({ rows }) => rows));
    },
    databaseUrl,
    async query(text) {
      await client.query(text);
    },
    takeStatements() {
      const taken = statements;
      statements = [];
      return taken;
    },
    async close() {
      await client.end();
      await store.close();
      await embedded?.close();
    },
  };
}

const name = TEST_DATABASE_URL === undefined ? 'embedded' : 'TEST_DATABASE_URL';
describePersonIndexStore(name, open);
describePersonIndexGovernance(name, open);
describePersonIndexHiding(name, open);
describePersonIndexListing(name, open);
describePersonIndexPartners(name, open);
describePersonIndexResilience(name, open);
