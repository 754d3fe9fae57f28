import { readFile } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';

// Read from the environment only, and only when a gateway is made.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
const config = readConfig(
  { PORT: z.coerce.number().int(), SUPERGRAPH_FILE: z.string() },
  process.env,
);

/** Apollo's gateway and server as their documentation starts them, protecting nothing. */
await runUntilSignal(
  async () => {
    const server = new ApolloServer({
      gateway: new ApolloGateway({
        supergraphSdl: await readFile(config.SUPERGRAPH_FILE, 'utf8'),
      }),
      stopOnTerminationSignals: false,
    });
    await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: config.PORT } });
    return { close: () => server.stop() };
  },
  createLogger({ name: 'stock-gateway', level: 'warn' }),
);
