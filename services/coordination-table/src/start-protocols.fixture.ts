import type { FactStore } from '@tavolo/analysis';
import { createDisclosure } from '@tavolo/disclosure';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tavolo/embedded-postgres';
import { readSubgraphSdl } from '@tavolo/schemas';
import { type Caller, dateScalars, startSubgraph } from '@tavolo/subgraph-kit';
import { askAs, testCaller, testGatewayKeys } from '@tavolo/subgraph-kit/testing';
import { pino } from 'pino';
import type { TableContext } from './context.ts';
import {
  createImmediateReceptionModule,
  immediateReceptionMigrations,
} from './immediate-reception/module.ts';
import { createPriorityListModule, priorityListMigrations } from './priority-list/module.ts';
import { createReferenceModule } from './reference/module.ts';
import { createRotationModule, rotationMigrations } from './rotation/module.ts';
import { changeLogMigrations, createChangeLog } from './store/change-log.ts';
import { openDatabase } from './store/open-database.ts';

/** What a test of the protocols says of the world around them. */
export interface ProtocolsWorld {
  readonly facts: FactStore;
  readonly now: () => Date;
  readonly ownerOfProtocol?: () => Promise<string | null>;
}

export interface Answer {
  // The tests say what they expect of it.
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

export interface Protocols {
  readonly databaseUrl: string;
  ask(query: string, variables?: object, caller?: Partial<Caller>): Promise<Answer>;
  close(): Promise<void>;
}

const logger = pino({ level: 'silent' });
const secrets = { disclosure: 'd'.repeat(32), priorityList: 'p'.repeat(32) };

/** The three protocols as the gateway sees them, on a real PostgreSQL of their own. */
export async function startProtocols(world: ProtocolsWorld): Promise<Protocols> {
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ host: '127.0.0.1', port: 0 });
  const database = openDatabase({
    databaseUrl: postgres.url,
    poolSize: 3,
    migrations: [
      changeLogMigrations,
      rotationMigrations,
      priorityListMigrations,
      immediateReceptionMigrations,
    ],
  });
  const dependencies = {
    ...world,
    database,
    changes: createChangeLog(database, world.now),
    logger,
    disclosure: createDisclosure({}, secrets.disclosure),
    secrets,
  };
  const modules = [
    createReferenceModule(dependencies),
    createRotationModule(dependencies),
    createPriorityListModule(dependencies, world),
    createImmediateReceptionModule(dependencies),
  ];
  const resolvers: Record<string, object> = {
    DateTime: dateScalars.DateTime,
    Date: dateScalars.Date,
  };
  for (const [type, fields] of modules.flatMap(({ resolvers: part }) =>
    Object.entries<object>(part),
  )) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  const subgraph = await startSubgraph<TableContext>({
    engine: 'mercurius',
    name: 'coordination-table',
    typeDefs: readSubgraphSdl('coordination-table'),
    resolvers,
    createContext: (_request, caller) => {
      const request = { caller, now: world.now };
      // The parts that are not under test are not asked.
      return Object.assign(
        request,
        ...modules.map((module) => module.context(request)),
      ) as TableContext;
    },
    sourceStatus: async () => ({ asOf: null, completeness: null, stale: false }),
    isReady: () => database.isReady(),
    gatewayKeys: testGatewayKeys,
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  return {
    databaseUrl: postgres.url,
    async ask(query, variables = {}, caller = {}) {
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
    },
    async close() {
      await subgraph.close();
      await database.close();
      await postgres.close();
    },
  };
}
