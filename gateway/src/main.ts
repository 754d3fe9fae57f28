import { createLogger, readConfig, runUntilSignal } from '@tavolo/subgraph-kit';
import { gatewayConfig, limitsOf } from './config.ts';
import { startGateway } from './gateway.ts';
import { SupergraphProblem } from './supergraph/supergraph-problem.ts';

const config = readConfig(gatewayConfig, process.env);
const logger = createLogger({ name: 'gateway', level: config.LOG_LEVEL });

await runUntilSignal(async () => {
  const gateway = await startGateway({
    supergraphFile: config.SUPERGRAPH_FILE,
    subgraphUrls: config.SUBGRAPH_URLS,
    host: config.HOST,
    port: config.PORT,
    explorerFolder: config.EXPLORER_FOLDER,
    limits: limitsOf(config),
    logger,
  }).catch((error: unknown) => {
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
