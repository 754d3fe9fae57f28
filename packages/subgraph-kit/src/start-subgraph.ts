import { randomUUID } from 'node:crypto';
import { StartProblem } from '@tavolo/process-kit';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { admitCallers, refuseOtherMethods } from './admit-callers.ts';
import { registerApollo } from './register-apollo.ts';
import { registerMercurius } from './register-mercurius.ts';
import { sayErrorsAsGraphql } from './say-errors-as-graphql.ts';
import type { RunningSubgraph, SubgraphOptions } from './subgraph-options.ts';

/** The gateway names its requests; anything that does not look like a name is replaced. */
const requestIdPattern = /^[\w-]{8,64}$/;

/** Largest request a subgraph reads: 10,000 entity references fit, a runaway client does not. */
const maxRequestBytes = 4 * 1024 * 1024;

/** Serves one subgraph: `/graphql`, `/health/live`, `/health/ready`; resolves once it listens. */
export async function startSubgraph<Context extends object>(
  options: SubgraphOptions<Context>,
): Promise<RunningSubgraph> {
  const { engine, host, port, logger, isReady, registerRoutes } = options;
  if (options.gatewayKeys.keys.length === 0) {
    throw new StartProblem(
      'No key of the gateway was given, so nobody could be answered: set GATEWAY_KEYS to its public keys.',
    );
  }
  // Named by its interface: the concrete logger type would run through every signature.
  const loggerInstance: FastifyBaseLogger = logger;
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    forceCloseConnections: 'idle',
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    logger.debug(
      {
        requestId: request.id,
        method: request.method,
        // The route's pattern, not the URL: a URL could carry anything.
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const ready = await isReady().catch(() => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  registerRoutes?.(app);
  // A room of its own: whatever an engine serves in it, it serves to callers the gateway vouches for.
  let replaceSchema: RunningSubgraph['replaceSchema'] = () => {
    throw new Error('Only a subgraph that runs on Mercurius can serve another schema');
  };
  await app.register(async (room) => {
    admitCallers(room, options, maxRequestBytes);
    sayErrorsAsGraphql(room, logger);
    if (engine === 'apollo') await registerApollo(room, options);
    else replaceSchema = await registerMercurius(room, options);
    refuseOtherMethods(room);
  });
  await app.listen({ host, port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  logger.info({ url }, 'listening');
  return { url, port: address.port, replaceSchema, close: () => app.close() };
}
