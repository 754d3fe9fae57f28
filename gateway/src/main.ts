import { randomUUID } from 'node:crypto';
import { createLogger, runUntilSignal } from '@tavolo/process-kit';
import { fetchSupergraph } from '@tavolo/registry-api';
import { limitsOf, readGatewayConfig } from './config.ts';
import { createRedisCache } from './entity-cache/create-redis-cache.ts';
import { defaultGatewayLimits, startGateway } from './gateway.ts';
import { startProductionGate } from './start-production-gate.ts';
import { SupergraphProblem } from './supergraph/supergraph-problem.ts';
import {
  createRegistrySource,
  type RegistrySource,
} from './supergraph-source/create-registry-source.ts';
import { createOperationUsage } from './usage/operation-usage.ts';
import { createRegistryOperations } from './usage/registry-operations.ts';
import { startUsageReports } from './usage/report-usage.ts';

const config = readGatewayConfig(process.env);
const logger = createLogger({ name: 'gateway', level: config.LOG_LEVEL });

await runUntilSignal(async () => {
  const gateway = await start().catch((error: unknown) => {
    if (error instanceof SupergraphProblem) logger.fatal({ problem: error.message }, 'not started');
    throw error;
  });
  process.on('SIGHUP', () => {
    gateway.reloadSupergraph().then(
      (outcome) => logger.info({ outcome }, 'reload'),
      (error: unknown) =>
        logger.error(
          { problem: error instanceof SupergraphProblem ? error.message : undefined, err: error },
          'the new supergraph is refused; the one before goes on',
        ),
    );
  });
  return gateway;
}, logger);

async function start() {
  const limits = { ...defaultGatewayLimits, ...limitsOf(config) };
  const place = config.supergraph;
  const registry = 'keptFile' in place ? sourceAt(place.keptFile) : undefined;
  const gate = await startProductionGate(
    config,
    limits,
    (sequence) => registry?.announce(sequence),
    logger,
  );
  const operations = createRegistryOperations({
    url: config.REGISTRY_URL,
    token: config.REGISTRY_TOKEN,
  });
  const usage = createOperationUsage(() => new Date());
  const reports = startUsageReports({
    usage,
    send: (report) => operations.report(report),
    everyMs: config.USAGE_REPORT_SECONDS * 1_000,
    newId: randomUUID,
    logger,
  });
  const gateway = await startGateway({
    usage,
    popularOperations: () => operations.popular(limits.warmUpOperations),
    ...(registry ? { supergraphSource: registry } : {}),
    ...('file' in place ? { supergraphFile: place.file } : {}),
    subgraphUrls: config.SUBGRAPH_URLS,
    allowedNetworks: config.ROUTING_ALLOWED_NETWORKS,
    host: config.HOST,
    port: config.PORT,
    explorerFolder: config.EXPLORER_FOLDER,
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
    explorerLogin: {
      issuer: config.EXPLORER_ISSUER ?? config.TOKEN_ISSUERS[0]?.issuer ?? '',
      clientId: config.EXPLORER_CLIENT_ID,
    },
    gate,
    ...(config.sharedCache
      ? {
          entityCache: createRedisCache({ ...config.sharedCache, now: () => new Date(), logger }),
        }
      : {}),
    limits,
    logger,
  });
  return {
    reloadSupergraph: () => gateway.reloadSupergraph(),
    async close() {
      await gateway.close();
      await reports.close();
    },
  };
}

function sourceAt(keptFile: string): RegistrySource {
  const contract = config.SUPERGRAPH_CONTRACT ?? null;
  return createRegistrySource({
    fetch: (signal) =>
      fetchSupergraph({
        registryUrl: config.REGISTRY_URL,
        token: config.REGISTRY_TOKEN,
        contract,
        signal,
      }),
    publicKey: config.REGISTRY_PUBLIC_KEY,
    contract,
    keptFile,
    now: () => new Date(),
    logger,
  });
}
