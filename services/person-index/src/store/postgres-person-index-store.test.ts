import { startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { Client } from 'pg';
import { createIdentifierMatcher } from '../match/identifier-matcher.ts';
import { describePersonIndexStore, type StoreUnderTest } from './person-index-store.contract.ts';
import { createPostgresPersonIndexStore } from './postgres-person-index-store.ts';

/** A server of the developer's own, when there is one: its schema `person_index` is emptied. */
// biome-ignore lint/style/noProcessEnv: which server a developer tests against is that developer's environment
const { TEST_DATABASE_URL } = process.env;

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
      matcher: createIdentifierMatcher(),
      now: () => new Date('2026-11-22T04:00:00Z'),
      onStatement: (statement) => statements.push(statement),
    });
  const store = openStore();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await store.isReady();
  return {
    store,
    async empty() {
      await client.query(`TRUNCATE person_index.record, person_index.evidence,
        person_index.household_member, person_index.conflict, person_index.enrolment`);
    },
    reopen: openStore,
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

describePersonIndexStore(TEST_DATABASE_URL === undefined ? 'embedded' : 'TEST_DATABASE_URL', open);
