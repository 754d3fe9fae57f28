import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { createLogger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import { type Caller, dateScalars, startSubgraph } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { Client } from 'pg';
import type { RequestContext } from '../module.ts';
import { createReferenceModule, type ReferenceContext } from '../reference/module.ts';
import { changeLogMigrations, createChangeLog } from '../store/change-log.ts';
import { openDatabase, type TableDatabase } from '../store/open-database.ts';
import { createTableModule, type TableContext, tableMigrations } from './module.ts';

export interface Answer {
  /** The tests say what they expect of it. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[];
}

/** The register as the gateway sees it, over a PostgreSQL and a clock of its own. */
export interface RegisterUnderTest {
  readonly database: TableDatabase;
  setClock(at: string): void;
  ask(query: string, variables?: object, caller?: Partial<Caller>): Promise<Answer>;
  /** Makes a change that succeeds; gives the id of what it changed. */
  change(mutation: string, input: object, clientKey?: string): Promise<string>;
  /** Asks for a change, whatever comes of it. */
  attempt(
    mutation: string,
    input: object,
    options?: { readonly clientKey?: string; readonly caller?: Partial<Caller> },
  ): Promise<Answer>;
  /** Every row of the register, as text. */
  dump(): Promise<string>;
  /** Statements that reached the database since the last call. */
  takeStatements(): number;
  empty(): Promise<void>;
  close(): Promise<void>;
}

const logger = createLogger({ name: 'register', level: 'silent' });

export async function startRegister(start = '2026-11-22T10:00:00Z'): Promise<RegisterUnderTest> {
  let clock = new Date(start);
  let keys = 0;
  let statements = 0;
  const now = () => clock;
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const opened = openDatabase({
    databaseUrl: postgres.url,
    poolSize: 4,
    migrations: [changeLogMigrations, tableMigrations],
  });
  const database: TableDatabase = {
    ...opened,
    async ready<Tables>() {
      const db = await opened.ready<Tables>();
      statements += 1;
      return db;
    },
  };
  const reference = createReferenceModule({ logger });
  const register = createTableModule({ database, changes: createChangeLog(opened, now) });
  const subgraph = await startSubgraph<RequestContext & ReferenceContext & TableContext>({
    engine: 'mercurius',
    name: 'coordination-table',
    typeDefs: readSubgraphSdl('coordination-table'),
    resolvers: {
      DateTime: dateScalars.DateTime,
      Date: dateScalars.Date,
      ...reference.resolvers,
      ...register.resolvers,
      Query: { ...reference.resolvers.Query, ...register.resolvers.Query },
    },
    createContext: (_request, caller) => {
      const request = { caller, now };
      return { ...request, ...reference.context(), ...register.context() };
    },
    sourceStatus: async () => ({ asOf: null, completeness: null, stale: false }),
    isReady: () => opened.isReady(),
    gatewayKeys: testGatewayKeys,
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  await opened.ready();
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const tables = await tablesOf(client);

  async function ask(query: string, variables: object = {}, caller: Partial<Caller> = {}) {
    const text = await askAs(
      {
        url: subgraph.url,
        subgraph: 'coordination-table',
        caller: testCaller({ roles: ['coordinator'], ...caller }),
      },
      query,
      variables,
    );
    return JSON.parse(text) as Answer;
  }

  const test: RegisterUnderTest = {
    database: opened,
    setClock(at) {
      clock = new Date(at);
    },
    ask,
    async change(mutation, input, clientKey) {
      const answer = await test.attempt(
        mutation,
        input,
        clientKey === undefined ? {} : { clientKey },
      );
      const changed = answer.data?.[mutation];
      if (typeof changed !== 'object' || changed === null || !('id' in changed)) {
        throw new Error(`${mutation} was refused: ${JSON.stringify(answer.errors)}`);
      }
      return String(changed.id);
    },
    attempt(mutation, input, { clientKey, caller } = {}) {
      keys += 1;
      const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
      return ask(
        `mutation ($clientKey: ID!, $input: ${type}!) { ${mutation}(clientKey: $clientKey, input: $input) { id } }`,
        { clientKey: clientKey ?? `test-key-${keys}`, input },
        caller,
      );
    },
    async dump() {
      const parts: unknown[] = [];
      for (const table of tables) {
        const { rows } = await client.query<{ row: string }>(
          `SELECT t::text AS row FROM coordination.${table} t ORDER BY 1`,
        );
        parts.push([table, rows]);
      }
      return JSON.stringify(parts);
    },
    takeStatements() {
      const taken = statements;
      statements = 0;
      return taken;
    },
    async empty() {
      clock = new Date(start);
      await client.query(
        `TRUNCATE ${tables.map((table) => `coordination.${table}`).join()} CASCADE`,
      );
    },
    async close() {
      await client.end();
      await subgraph.close();
      await opened.close();
      await postgres.close();
    },
  };
  return test;
}

/** All but the note of which migrations ran. */
async function tablesOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'coordination' AND table_name <> 'migration' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
