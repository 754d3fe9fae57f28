import { createServer } from 'node:http';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { createLogger, readConfig, runUntilSignal } from '@tavolo/process-kit';
import { z } from 'zod';

// Read from the environment only, and only when a gateway is made.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1';
const config = readConfig(
  { HOST: z.literal('127.0.0.1'), LOG_LEVEL: z.literal('info'), SUPERGRAPH: z.string() },
  process.env,
);
const logger = createLogger({ name: 'stock-gateway', level: config.LOG_LEVEL });
/** A look at a cache or a token between validation and execution, as servers with plugins have. */
const hookMs = 5;

/** Apollo's gateway and server as they come, protecting nothing; `PUT /supergraph` is its own `update`. */
await runUntilSignal(async () => {
  let update: ((sdl: string) => void) | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: async (options) => {
      update = options.update;
      return { supergraphSdl: config.SUPERGRAPH };
    },
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  const apollo = new ApolloServer({
    gateway,
    stopOnTerminationSignals: false,
    plugins: [
      {
        requestDidStart: async () => ({
          didResolveOperation: () => new Promise((resolve) => setTimeout(resolve, hookMs)),
        }),
      },
    ],
  });
  await apollo.start();

  async function answer(method: string, body: string): Promise<{ status: number; text: string }> {
    if (method === 'PUT') {
      update?.(body);
      return { status: 200, text: '{}' };
    }
    const answered = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method,
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: JSON.parse(body),
      },
      context: async () => ({}),
    });
    if (answered.body.kind !== 'complete') throw new Error('an answer in parts');
    return { status: answered.status ?? 200, text: answered.body.string };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      answer(request.method ?? '', Buffer.concat(chunks).toString('utf8')).then(
        ({ status, text }) => response.writeHead(status).end(text),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, config.HOST, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('HTTP needs a TCP port');
  logger.info({ url: `http://${config.HOST}:${address.port}` }, 'listening');
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
}, logger);

function ignore(): void {
  // The library greets at every load.
}
