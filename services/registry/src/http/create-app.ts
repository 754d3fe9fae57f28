import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import type { Logger } from '@tavolo/process-kit';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { CallerOptions, VerifyToken } from '../caller.ts';
import { exportRoutes } from '../exports/export-routes.ts';
import type { Organisations } from '../organisations.ts';
import type { Publication } from '../publication/publication.ts';
import { stateRoutes } from '../publication/state-routes.ts';
import type { Purposes } from '../purposes.ts';
import { Refusal } from '../refusal.ts';
import type { Operations } from '../schemas/operations.ts';
import { contractRoutes } from '../schemas/routes/contract-routes.ts';
import { gatewayRoutes } from '../schemas/routes/gateway-routes.ts';
import { lifeRoutes } from '../schemas/routes/life-routes.ts';
import { subgraphRoutes } from '../schemas/routes/subgraph-routes.ts';
import { usageRoutes } from '../schemas/routes/usage-routes.ts';
import { waiverRoutes } from '../schemas/routes/waiver-routes.ts';
import type { Schemas } from '../schemas/schemas.ts';
import type { Supergraphs } from '../schemas/supergraphs.ts';
import type { Stops } from '../stops.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { authenticate, type CallerOf } from './authenticate.ts';
import { compileValidator } from './compile-validator.ts';
import { consumerRoutes } from './consumer-routes.ts';
import { partnerRoutes } from './partner-routes.ts';
import { answerProblem } from './problem.ts';
import { purposeRoutes } from './purpose-routes.ts';

/** What the routes speak to. */
export interface AppParts extends CallerOptions {
  readonly store: RegistryStore;
  readonly organisations: Organisations;
  readonly purposes: Purposes;
  readonly stops: Stops;
  readonly schemas: Schemas;
  readonly supergraphs: Supergraphs;
  readonly operations: Operations;
  readonly publication: Publication;
  readonly verifyToken: VerifyToken;
  /** How callers reach this server, without a path: what a DPoP proof is for. */
  readonly publicUrl: () => string;
  /** SHA-256, in hexadecimal, of each gateway's token. */
  readonly gatewayTokens: readonly string[];
  readonly now: () => Date;
  readonly logger: Logger;
}

/** A purpose of 5,000 fields with its risk analysis is far smaller. */
const maxBodyBytes = 1024 * 1024;
const maxConnections = 256;
const requestIdPattern = /^[\w-]{8,64}$/u;

/** The registry's HTTP side, not listening yet. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { store, logger } = parts;
  // Named by its interface: the concrete logger type would run through every signature.
  const loggerInstance: FastifyBaseLogger = logger;
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
  });
  app.server.maxConnections = maxConnections;
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(compileValidator);
  // Answers are typed by their views; reading each again would only cost.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler(answerProblem);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tavolo registry',
        version: '1.0.0',
        description: 'Who may ask the hub what, for which purpose (registro delle finalità).',
      },
      components: {
        securitySchemes: {
          accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          gatewayToken: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ accessToken: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  const callers: CallerOf = new WeakMap();
  const hidden = { schema: { hide: true } };
  app.get('/health/live', hidden, async () => ({ status: 'live' }));
  app.get('/health/ready', hidden, async (_request, reply) => {
    const ready = await store.isReady().catch(() => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  stateRoutes(app, parts);
  gatewayRoutes(app, parts);
  await app.register(async (routes) => {
    authenticate(routes, callers, parts);
    partnerRoutes(routes, callers, parts);
    consumerRoutes(routes, callers, parts);
    purposeRoutes(routes, callers, parts);
    exportRoutes(routes, callers, parts);
    subgraphRoutes(routes, callers, parts);
    lifeRoutes(routes, callers, parts);
    contractRoutes(routes, callers, parts);
    waiverRoutes(routes, callers, parts);
    usageRoutes(routes, callers, parts);
    routes.get('/openapi.json', hidden, async () => app.swagger());
    // Inside, so that a stranger does not learn which addresses there are.
    routes.all('/*', hidden, () => {
      throw new Refusal('NOT_FOUND', 'There is nothing at this address');
    });
  });
  app.setNotFoundHandler(() => {
    throw new Refusal('UNAUTHENTICATED', 'The registry knows no such caller');
  });
  return app;
}
