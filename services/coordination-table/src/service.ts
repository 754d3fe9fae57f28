import type { FactStore } from '@tavolo/analysis';
import type { Disclosure, DisclosureRules } from '@tavolo/disclosure';
import type { Fact } from '@tavolo/facts';
import type { Logger } from '@tavolo/process-kit';
import { readSubgraphSdl } from '@tavolo/schemas';
import {
  type ContextKeys,
  dateScalars,
  type SourceStatus,
  startSubgraph,
} from '@tavolo/subgraph-kit';
import { analysisMigrations, createAnalysisModule } from './analysis/module.ts';
import type { TableContext } from './context.ts';
import type { FactLoader } from './facts/fact-loader.ts';
import {
  createImmediateReceptionModule,
  immediateReceptionMigrations,
} from './immediate-reception/module.ts';
import {
  createIndicatorsModule,
  type IndicatorsOptions,
  indicatorsMigrations,
} from './indicators/module.ts';
import type { ModuleDependencies, TableSecrets } from './module.ts';
import { createPriorityListModule, priorityListMigrations } from './priority-list/module.ts';
import { createReferenceModule, referenceMigrations } from './reference/module.ts';
import { createRotationModule, rotationMigrations } from './rotation/module.ts';
import { changeLogMigrations, createChangeLog } from './store/change-log.ts';
import { openDatabase } from './store/open-database.ts';
import { createTableModule, tableMigrations } from './table/module.ts';

export interface CoordinationTableOptions {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The gateway's public keys, and the issuer it signs as where that is not the usual one. */
  readonly gatewayKeys: ContextKeys;
  readonly gatewayIssuer?: string;
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** Opened and closed by whoever starts this. */
  readonly facts: FactStore;
  /** What `facts` holds; the analysis has a field for each. */
  readonly factFiles?: readonly Fact[];
  /** The SDL with a field for each of `factFiles`; the committed one when there are the hub's own facts only. */
  readonly sdl?: string;
  /** Loads the facts on demand; without one they are as they were left. */
  readonly factLoader?: FactLoader;
  /** Made with `secrets.disclosure`. */
  readonly disclosure: Disclosure;
  /** Those `disclosure` was made with, to be told beside the figures. */
  readonly disclosureRules?: Partial<DisclosureRules>;
  /** What single owners ask for beside them, by their subgraph's name. */
  readonly ownerThresholds?: Readonly<Record<string, number>>;
  readonly secrets: TableSecrets;
  /** The registry of indicators and the key of the yearly reports; without them there are none. */
  readonly indicators?: IndicatorsOptions;
  readonly logger: Logger;
  readonly now?: () => Date;
}

export interface RunningCoordinationTable {
  /** `http://host:port`, without a path. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the table: its own register and protocols, and the protected figures out of the facts. */
export async function startCoordinationTable(
  options: CoordinationTableOptions,
): Promise<RunningCoordinationTable> {
  const { facts, logger, now = () => new Date() } = options;
  const database = openDatabase({
    databaseUrl: options.databaseUrl,
    poolSize: options.poolSize,
    migrations: [
      changeLogMigrations,
      referenceMigrations,
      tableMigrations,
      rotationMigrations,
      priorityListMigrations,
      immediateReceptionMigrations,
      analysisMigrations,
      indicatorsMigrations,
    ],
    onConnectionLost: (err) => logger.warn({ err }, 'database connection lost'),
  });
  const dependencies: ModuleDependencies = {
    database,
    changes: createChangeLog(database, now),
    facts,
    factFiles: options.factFiles ?? [],
    ...(options.factLoader === undefined ? {} : { factLoader: options.factLoader }),
    disclosure: options.disclosure,
    disclosureRules: options.disclosureRules ?? {},
    ownerThresholds: options.ownerThresholds ?? {},
    secrets: options.secrets,
    now,
    logger,
  };
  const modules = [
    createReferenceModule(dependencies),
    createTableModule(dependencies),
    createRotationModule(dependencies),
    createPriorityListModule(dependencies),
    createImmediateReceptionModule(dependencies),
    createAnalysisModule(dependencies),
    createIndicatorsModule(dependencies, options.indicators),
  ] as const;
  const sdl = options.sdl ?? readSubgraphSdl('coordination-table');
  const subgraph = await startSubgraph<TableContext>({
    engine: 'mercurius',
    name: 'coordination-table',
    typeDefs: sdl,
    resolvers: joinResolvers(modules.map(({ resolvers }) => resolvers)),
    createContext: (_request, caller) => {
      const request = { caller, now };
      // Each part's own context; together they are what `TableContext` says.
      return Object.assign(
        request,
        ...modules.map((module) => module.context(request)),
      ) as TableContext;
    },
    // The register is read live; the age of the facts is told by every figure.
    sourceStatus: (): Promise<SourceStatus> =>
      Promise.resolve({ asOf: now().toISOString(), completeness: 1, stale: false }),
    isReady: () => database.isReady(),
    gatewayKeys: options.gatewayKeys,
    ...(options.gatewayIssuer === undefined ? {} : { gatewayIssuer: options.gatewayIssuer }),
    host: options.host,
    port: options.port,
    logger,
    // The schema alone, which the graph publishes anyway: what the operator publishes asks for no token.
    registerRoutes(app) {
      app.get('/sdl', (_request, reply) =>
        reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(sdl),
      );
    },
  });
  return {
    url: subgraph.url,
    async close() {
      await subgraph.close();
      await database.close();
    },
  };
}

type ResolverMap = Readonly<Record<string, unknown>>;

/** One map of all parts; a field that two parts resolve is a mistake of ours and stops the start. */
function joinResolvers(parts: readonly ResolverMap[]): ResolverMap {
  const joined: Record<string, Record<string, unknown>> = {
    DateTime: dateScalars.DateTime as unknown as Record<string, unknown>,
    Date: dateScalars.Date as unknown as Record<string, unknown>,
  };
  for (const [type, fields] of parts.flatMap((part) => Object.entries(part))) {
    const known = joined[type] ?? {};
    const twice = Object.keys(fields as object).find((field) => field in known);
    if (twice !== undefined) throw new Error(`${type}.${twice} is resolved by two parts`);
    joined[type] = { ...known, ...(fields as object) };
  }
  return joined;
}
