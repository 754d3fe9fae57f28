import { startGateway } from '@tavolo/gateway';
import { createOpenGate, thisMachine } from '@tavolo/gateway/open-gate';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';

const config = readConfig(
  {
    HOST: z.literal('127.0.0.1'),
    LOG_LEVEL: z.literal('info'),
    /** A copy that asks for no protection: the gateway refuses to serve any other through this gate. */
    SUPERGRAPH_FILE: z.string(),
    /** JSON, subgraph name to the address of its `/graphql`. */
    SUBGRAPH_URLS: z.string(),
  },
  process.env,
);
const logger = createLogger({ name: 'open-gateway', level: config.LOG_LEVEL });

/** The gateway of production behind a gate that lets everybody in: what is left is what the gate costs. */
await runUntilSignal(
  () =>
    startGateway({
      supergraphFile: config.SUPERGRAPH_FILE,
      allowedNetworks: thisMachine,
      subgraphUrls: z.record(z.string(), z.url()).parse(JSON.parse(config.SUBGRAPH_URLS)),
      host: config.HOST,
      port: 0,
      gate: createOpenGate(),
      logger,
    }),
  logger,
);
