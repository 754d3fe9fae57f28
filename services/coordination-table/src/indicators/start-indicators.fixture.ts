import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createDisclosure } from '@tavolo/disclosure';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { readFacts, readSubgraphSdl } from '@tavolo/schemas';
import { type Caller, dateScalars, startSubgraph } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { type ReportSigningKey, reportSigningKey } from '@tavolo/yearly-report';
import { Pool } from 'pg';
import { pino } from 'pino';
import type { TableContext } from '../context.ts';
import { createReferenceModule } from '../reference/module.ts';
import { rotationMigrations } from '../rotation/module.ts';
import { changeLogMigrations, createChangeLog } from '../store/change-log.ts';
import { openDatabase } from '../store/open-database.ts';
import { createTableModule, tableMigrations } from '../table/module.ts';
import type { FakeFacts } from './fact-store.fixture.ts';
import { createIndicatorsModule, indicatorsMigrations } from './module.ts';
import { readDefinitions } from './read-definitions.ts';

export interface Answer {
  // The tests say what they expect of it.
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }[];
}

export interface IndicatorsTable {
  readonly databaseUrl: string;
  ask(query: string, variables?: object, caller?: Partial<Caller>): Promise<Answer>;
  /** Runs one statement around the service, as somebody with the database's password could. */
  sql(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** Drawn for this run of the tests. */
export function drawReportKey(): ReportSigningKey {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return reportSigningKey.parse(JSON.stringify({ ...jwk, kid: 'reports-test' }));
}

export interface IndicatorsWorld {
  readonly facts: FakeFacts;
  readonly now: () => Date;
  readonly signingKey: ReportSigningKey | null;
}

const logger = pino({ level: 'silent' });
const secrets = { disclosure: 'd'.repeat(32), priorityList: 'p'.repeat(32) };

/** The table's service with the indicators of this repository, on a real PostgreSQL of its own. */
export async function startIndicators(world: IndicatorsWorld): Promise<IndicatorsTable> {
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const database = openDatabase({
    databaseUrl: postgres.url,
    poolSize: 3,
    migrations: [changeLogMigrations, tableMigrations, rotationMigrations, indicatorsMigrations],
  });
  const { now, signingKey } = world;
  const dependencies = {
    database,
    changes: createChangeLog(database, now),
    facts: world.facts.store,
    disclosure: createDisclosure({}, secrets.disclosure),
    secrets,
    now,
    logger,
  };
  const definitions = readDefinitions(await readFacts());
  const modules = [
    createReferenceModule(dependencies),
    createTableModule(dependencies),
    createIndicatorsModule(dependencies, { definitions, signingKey }),
  ];
  const resolvers: Record<string, object> = {
    DateTime: dateScalars.DateTime,
    Date: dateScalars.Date,
  };
  for (const [type, fields] of modules.flatMap((part) => Object.entries<object>(part.resolvers))) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  const table = await startSubgraph<TableContext>({
    engine: 'mercurius',
    name: 'coordination-table',
    typeDefs: readSubgraphSdl('coordination-table'),
    resolvers,
    createContext: (_request, caller) => {
      const request = { caller, now };
      // The parts that are not under test are not asked.
      return Object.assign(
        request,
        ...modules.map((module) => module.context(request)),
      ) as TableContext;
    },
    sourceStatus: () => Promise.resolve({ asOf: null, completeness: null, stale: false }),
    isReady: () => database.isReady(),
    gatewayKeys: testGatewayKeys,
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  return {
    databaseUrl: postgres.url,
    async ask(query, variables = {}, changes = {}) {
      const caller = testCaller({ roles: ['coordinator'], ...changes });
      const options = { url: table.url, subgraph: 'coordination-table', caller };
      // What the service answers is GraphQL's own form.
      return JSON.parse(await askAs(options, query, variables)) as Answer;
    },
    async sql(statement) {
      const { rows } = await pool.query<Record<string, unknown>>(statement);
      return rows;
    },
    async close() {
      await pool.end();
      await table.close();
      await database.close();
      await postgres.close();
    },
  };
}

/** A client key nobody used before. */
export function newKey(): string {
  return randomUUID();
}
