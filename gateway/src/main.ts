import { readFile } from 'node:fs/promises';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { gatewayConfig, limitsOf } from './config.ts';
import { defaultGatewayLimits, startGateway } from './gateway.ts';
import { startProductionGate } from './start-production-gate.ts';
import { readSupergraph } from './supergraph/read-supergraph.ts';
import { SupergraphProblem } from './supergraph/supergraph-problem.ts';

const config = readConfig(gatewayConfig, process.env);
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
  const sdl = await readFile(config.SUPERGRAPH_FILE, 'utf8');
  const { clientSchema } = readSupergraph(sdl, config.SUBGRAPH_URLS, 'refuse');
  const limits = { ...defaultGatewayLimits, ...limitsOf(config) };
  const gate = await startProductionGate(config, clientSchema, limits, logger);
  return startGateway({
    supergraphFile: config.SUPERGRAPH_FILE,
    subgraphUrls: config.SUBGRAPH_URLS,
    host: config.HOST,
    port: config.PORT,
    explorerFolder: config.EXPLORER_FOLDER,
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
    explorerLogin: {
      issuer: config.EXPLORER_ISSUER ?? config.TOKEN_ISSUERS[0]?.issuer ?? '',
      clientId: config.EXPLORER_CLIENT_ID,
    },
    gate,
    limits,
    logger,
  });
}
