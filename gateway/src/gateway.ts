import type { Deadline } from '@tavolo/deadline';
import type { Logger } from '@tavolo/process-kit';
import type { AllowedNetworks } from '@tavolo/routing-address';
import { registerDocsRoutes } from './docs/docs-routes.ts';
import { createMemoryCache } from './entity-cache/create-memory-cache.ts';
import type { EntityCache } from './entity-cache/entity-cache.ts';
import { registerInvalidationRoute } from './entity-cache/invalidation-route.ts';
import { createPlanMemory } from './executor/planning/plan-memory.ts';
import { createPlannerThread } from './executor/planning/planner.ts';
import { createCachedEntities } from './executor/running/cached-entities.ts';
import { type ExplorerLogin, registerExplorerRoutes } from './explorer-routes.ts';
import type { Gate } from './gate/gate.ts';
import { createStrangerLimit } from './gate/stranger-limit.ts';
import { type Generation, type GenerationParts, startGeneration } from './generation.ts';
import { createGenerations, type Generations } from './generations.ts';
import { registerGraphqlRoute } from './graphql-route.ts';
import { createHttpServer, type SupergraphHealth } from './http-server.ts';
import { defaultQueryLimits, type QueryLimits } from './limits/query-limits.ts';
import { createPartnerReadiness } from './partner-readiness.ts';
import type { SubgraphClientLimits } from './subgraph-client.ts';
import { createSubgraphClients } from './subgraph-clients.ts';
import { readSupergraph, type Supergraph } from './supergraph/read-supergraph.ts';
import { SupergraphProblem } from './supergraph/supergraph-problem.ts';
import { createFileSource } from './supergraph-source/create-file-source.ts';
import type { SupergraphSource } from './supergraph-source/supergraph-source.ts';
import type { OperationUsage } from './usage/operation-usage.ts';
import { popularDocuments } from './warm-up/popular-documents.ts';
import { createRecentOperations } from './warm-up/recent-operations.ts';
import { warmUp } from './warm-up/warm-up.ts';

/** Everything a gateway can be told; what is left out has the value of {@link defaultGatewayLimits}. */
export interface GatewayOptions {
  /** A composed Federation 2 supergraph; read at the start and at every reload. */
  readonly supergraphFile?: string;
  /** In place of a file. */
  readonly supergraphSource?: SupergraphSource;
  /** Addresses by subgraph name, in place of those in the supergraph. */
  readonly subgraphUrls?: Readonly<Record<string, string>>;
  /** Networks besides the public ones that subgraphs may be in; none unless told. */
  readonly allowedNetworks?: AllowedNetworks;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly logger: Logger;
  /** Who may ask what. A stand-in that enforces nothing is taken for graphs that ask for no protection only. */
  readonly gate: Gate;
  readonly now?: () => Date;
  /** Where entities are kept that their owners declare cacheable, closed with the gateway; in memory unless told. */
  readonly entityCache?: EntityCache;
  /** What clients call it, without a path: behind a proxy, what a DPoP proof names. */
  readonly publicUrl?: string;
  /** Folder of the built explorer. */
  readonly explorerFolder?: string;
  /** Where the explorer's users log in. */
  readonly explorerLogin?: ExplorerLogin;
  /** What to do with a supergraph whose `@requires` can give wrong data; `refuse` unless told otherwise. */
  readonly onUnsafeRequires?: 'refuse' | 'warn';
  /** Hears of every operation that is run. */
  readonly usage?: Pick<OperationUsage, 'record'>;
  /** Normalised hashes of what is asked most of all gateways, most asked first; to plan before anybody asks here. */
  readonly popularOperations?: () => Promise<readonly string[]>;
  readonly limits?: Partial<GatewayLimits>;
  readonly random?: () => number;
}

/** Times in milliseconds, sizes in bytes unless the name says otherwise. */
export interface GatewayLimits extends SubgraphClientLimits, QueryLimits {
  readonly operationTimeoutMs: number;
  readonly readinessTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** Refusals of those who are nobody, recorded each; further ones of a minute are counted together. */
  readonly strangersPerMinute: number;
  /** Changes that one institution may signal; further ones are refused. */
  readonly signalsPerMinute: number;
  readonly queryPlanCacheMiB: number;
  readonly planTimeoutMs: number;
  readonly documentCacheEntries: number;
  /** How much is planned before a new supergraph is served. */
  readonly warmUpOperations: number;
  readonly warmUpMs: number;
}

export const defaultGatewayLimits: GatewayLimits = {
  ...defaultQueryLimits,
  callTimeoutMs: 10_000,
  operationTimeoutMs: 20_000,
  readinessTimeoutMs: 2_000,
  shutdownTimeoutMs: 10_000,
  maxBodyBytes: 512 * 1024,
  strangersPerMinute: 600,
  signalsPerMinute: 600,
  maxAnswerBytes: 10 * 1024 * 1024,
  connections: 16,
  maxWaiting: 256,
  breakerFailures: 5,
  breakerOpenMs: 5_000,
  retryJitterMs: 100,
  queryPlanCacheMiB: 20,
  planTimeoutMs: 10_000,
  documentCacheEntries: 500,
  warmUpOperations: 100,
  warmUpMs: 2_000,
};

/** Tokens travel in the clear here: whoever asks from outside comes through a reverse proxy with TLS. */
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  readonly port: number;
  /** Looks for another supergraph now; a bad one is refused by rejecting, and the version before goes on. */
  reloadSupergraph(): Promise<'reloaded' | 'unchanged'>;
  /** Supergraph versions alive: 1, or more while requests begun before a reload are under way. */
  readonly versionsAlive: number;
  /** Lets requests in flight finish, refuses new ones; after the shutdown time it ends what is left. */
  close(): Promise<void>;
}

/** Starts with any partner down; rejects only for a supergraph file or an address it cannot serve. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { logger, gate, random = Math.random, now = () => new Date() } = options;
  if (!loopbackHosts.has(options.host)) {
    throw new Error(
      'The gateway listens on a loopback address only (127.0.0.1, ::1, localhost): whoever asks from outside comes through a reverse proxy with TLS',
    );
  }
  const limits: GatewayLimits = { ...defaultGatewayLimits, ...options.limits };
  const clients = createSubgraphClients(limits, options.allowedNetworks ?? [], random, logger);
  const entityCache = options.entityCache ?? createMemoryCache({ now });
  const planners = createPlannerThread({
    timeoutMs: limits.planTimeoutMs,
    onEnd: (error) => logger.error({ err: error }, 'the planner was ended'),
  });
  const parts: GenerationParts = {
    ...limits,
    clients,
    planners,
    plans: createPlanMemory(limits.queryPlanCacheMiB * 1024 * 1024),
    cachedEntities: createCachedEntities({ cache: entityCache, now }),
    // The registry has composed and signed what it sends; a file may be anybody's.
    validateSupergraph: options.supergraphSource === undefined,
    defaultRetryAfterSeconds: Math.max(1, Math.ceil(limits.breakerOpenMs / 1000)),
    logger,
  };
  const source = sourceOf(options);
  const generations = createGenerations((error) =>
    logger.error({ err: error }, 'an old supergraph version was not stopped'),
  );
  const readinessLease = { version: '', lease: clients.lease([]) };
  const readiness = createPartnerReadiness(() => {
    const { version, subgraphs } = generations.current?.supergraph ?? nothing;
    if (readinessLease.version !== version) {
      const next = clients.lease(subgraphs);
      readinessLease.lease.release();
      readinessLease.lease = next;
      readinessLease.version = version;
    }
    return subgraphs.map(({ name }) => ({ name, client: readinessLease.lease.clientOf(name) }));
  }, limits.readinessTimeoutMs);

  const recent = createRecentOperations(limits.warmUpOperations);
  const underWay = new Set<Deadline>();
  const app = createHttpServer({
    maxBodyBytes: limits.maxBodyBytes,
    readiness,
    supergraph: () => standingOf(source, generations),
    gate,
    publicHost: options.publicUrl === undefined ? undefined : new URL(options.publicUrl).host,
    logger,
  });
  const strangers = createStrangerLimit({
    perMinute: limits.strangersPerMinute,
    now,
    onFlood: (flood) => {
      logger.error({ alarm: 'STRANGERS', ...flood }, 'many requests without a valid token');
      gate.evidence?.noteFlood(flood);
    },
  });
  registerGraphqlRoute(app, {
    generations,
    operationTimeoutMs: limits.operationTimeoutMs,
    gate,
    strangers,
    onAdmitted: ({ admission, operationName, caller, supergraph }) => {
      recent.note({ query: admission.query, operationName });
      if (!caller || !admission.document) return;
      options.usage?.record({
        document: admission.document.document,
        operationName: operationName ?? null,
        schema: supergraph.clientSchema,
        isTrusted: admission.isTrusted,
        coordinates: admission.coordinates,
        consumer: caller.organisation,
        purposeId: caller.purpose.id,
      });
    },
    now,
    publicUrl: options.publicUrl,
    underWay,
    logger,
  });
  registerInvalidationRoute(app, {
    gate,
    cache: entityCache,
    subgraphsOf(partner) {
      const { subgraphs } = generations.current?.supergraph ?? nothing;
      const own = new Set(gate.subgraphsOf(partner));
      return subgraphs.map(({ name }) => name).filter((name) => own.has(name));
    },
    keysOf: (subgraph, type) => generations.current?.cacheability.keysOf(subgraph, type),
    strangers,
    signalsPerMinute: limits.signalsPerMinute,
    now,
    publicUrl: options.publicUrl,
    logger,
  });
  registerDocsRoutes(app, () => generations.current?.supergraph);
  registerExplorerRoutes(app, options.explorerFolder, options.explorerLogin);

  async function close(): Promise<void> {
    const impatience = setTimeout(() => {
      for (const deadline of underWay) deadline.abort('CANCELLED');
      // The answers just made incomplete get a moment to leave.
      setTimeout(() => app.server.closeAllConnections(), 500).unref();
    }, limits.shutdownTimeoutMs);
    await source.close();
    await app.close();
    clearTimeout(impatience);
    await generations.stop();
    await planners.close();
    await clients.close();
    await entityCache.close();
    await gate.close();
  }

  async function take(sdl: string): Promise<'reloaded' | 'unchanged'> {
    const supergraph = loadSupergraph(sdl, options);
    const before = generations.current;
    if (supergraph.version === before?.supergraph.version) return 'unchanged';
    await gate.prepare(supergraph);
    const next = await startGeneration(supergraph, parts);
    const planned = await warmUp(await toWarmUp(supergraph, before), (each) => next.plan(each), {
      maxOperations: limits.warmUpOperations,
      maxMs: limits.warmUpMs,
    });
    logger.debug({ version: supergraph.version, planned }, 'planned ahead');
    generations.replace(next);
    if (before) logger.info({ version: supergraph.version }, 'supergraph reloaded');
    return 'reloaded';
  }

  /** What was asked here; of a gateway that was just started, what is asked of the others. */
  async function toWarmUp(supergraph: Supergraph, before: Generation | undefined) {
    if (before || !options.popularOperations) return recent.list();
    const popular = await options.popularOperations().catch((error: unknown) => {
      logger.debug({ err: error }, 'nothing is known of what is asked most');
      return [];
    });
    return popularDocuments(popular, gate.documents(supergraph), supergraph.clientSchema);
  }

  let taking: Promise<unknown> = Promise.resolve();
  const takeInTurn = (sdl: string) => {
    // One after the other: the text that came last is the one that stays.
    const result = taking.then(() => take(sdl));
    taking = result.catch(() => undefined);
    return result;
  };

  try {
    await source.start(takeInTurn);
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await close();
    throw error;
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${address.port}`;
  logger.info({ url }, 'listening');
  return {
    url,
    port: address.port,
    get versionsAlive() {
      return generations.alive;
    },
    async reloadSupergraph() {
      const outcome = await source.reload();
      const { current } = generations;
      // Documents may have come or gone without the graph.
      if (outcome === 'unchanged' && current) await gate.prepare(current.supergraph);
      return outcome;
    },
    close,
  };
}

const nothing: Pick<Supergraph, 'version' | 'subgraphs'> = { version: '', subgraphs: [] };

function sourceOf({ supergraphFile, supergraphSource }: GatewayOptions): SupergraphSource {
  if (supergraphSource) return supergraphSource;
  if (supergraphFile === undefined) {
    throw new Error('A gateway needs supergraphFile or supergraphSource');
  }
  return createFileSource(supergraphFile);
}

function standingOf(source: SupergraphSource, generations: Generations): SupergraphHealth {
  const { current } = generations;
  return {
    ...source.standing,
    version: current?.supergraph.version ?? null,
    mismatched: current?.mismatched ?? [],
  };
}

function loadSupergraph(sdl: string, options: GatewayOptions): Supergraph {
  const supergraph = readSupergraph(
    sdl,
    options.subgraphUrls ?? {},
    options.onUnsafeRequires ?? 'refuse',
    // What the registry publishes comes and goes without whoever wrote this process's configuration.
    options.supergraphSource ? 'warn' : 'refuse',
  );
  if (supergraph.unknownUrls.length > 0) {
    options.logger.warn(
      { subgraphs: supergraph.unknownUrls },
      'SUBGRAPH_URLS names subgraphs that are not in the graph',
    );
  }
  if (supergraph.isProtected && !options.gate.enforces) {
    throw new SupergraphProblem(
      'The supergraph asks for access control, and the gate given enforces none: start it with `npm start` or the gateway’s main.ts',
    );
  }
  for (const { coordinate, why } of supergraph.unsafeRequires) {
    options.logger.warn({ coordinate, why }, '@requires that can give wrong data');
  }
  return supergraph;
}
