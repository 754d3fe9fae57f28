import { randomUUID } from 'node:crypto';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { admitCallers, refuseOtherMethods } from './admit-callers.ts';
import { maskError } from './errors.ts';
import { type GraphqlRoom, serveGraphql } from './serve-graphql.ts';
import { type ContextVerifierOptions, createContextVerifier } from './verify-context.ts';

/** Largest request that is read: 10,000 references fit, a runaway client does not. */
const maxRequestBytes = 4 * 1024 * 1024;
/** The gateway names its requests; anything that does not look like a name is replaced. */
const requestIdPattern = /^[\w-]{8,64}$/u;

export interface ServerOptions extends ContextVerifierOptions, Omit<GraphqlRoom, 'logger'> {
  readonly logger: FastifyBaseLogger;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Whether the store can answer now. */
  readonly isReady: () => Promise<boolean>;
}

export interface RunningServer {
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** Takes no new calls, answers those it has, then ends. */
  close(): Promise<void>;
}

/** Serves `/graphql`, `/health/live` and `/health/ready`; resolves once it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { logger, host, port, isReady } = options;
  const app: FastifyInstance = fastify({
    loggerInstance: logger,
    // A request's line would hold its URL, which could carry anything.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    forceCloseConnections: 'idle',
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const ready = await isReady().catch(() => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  // A room of its own: whatever is served in it is served to callers the gateway vouches for.
  await app.register(async (room) => {
    // What the server itself refuses, such as a body that is no JSON, has the form of every other error.
    room.setErrorHandler((error, _request, reply) => {
      const refused = maskError(error, logger);
      const isBug = refused.extensions?.['code'] === 'INTERNAL_SERVER_ERROR';
      return reply.status(isBug ? 500 : 400).send({ errors: [refused] });
    });
    admitCallers(room, createContextVerifier(options), maxRequestBytes);
    await serveGraphql(room, options);
    refuseOtherMethods(room);
  });
  await app.listen({ host, port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  logger.info({ url: `${url}/graphql` }, 'listening');
  return { url, close: () => app.close() };
}
