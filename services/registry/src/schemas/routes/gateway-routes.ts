import { registryId } from '@tavolo/access-model';
import { operationReceipt, operationReport, popularOperations } from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mustBeGateway } from '../../http/must-be-gateway.ts';
import { problems } from '../../http/requests.ts';
import type { Operations } from '../operations.ts';
import type { Supergraphs } from '../supergraphs.ts';

export interface GatewayRoutesOptions {
  readonly supergraphs: Supergraphs;
  readonly operations: Operations;
  readonly gatewayTokens: readonly string[];
}

/** A thousand operations of a few kilobytes each. */
const maxReportBytes = 8 * 1024 * 1024;

/** `/supergraph` and `/operations`: what gateways fetch, and what they tell. */
export function gatewayRoutes(app: FastifyInstance, options: GatewayRoutesOptions): void {
  const { supergraphs, operations, gatewayTokens } = options;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const security = [{ gatewayToken: [] }];
  const onRequest = mustBeGateway(gatewayTokens);
  routes.get(
    '/supergraph',
    {
      onRequest,
      schema: {
        tags: ['gateways'],
        summary: 'The supergraph in force, or a variant of it',
        description:
          'A compact JWS (EdDSA, typ tavolo-supergraph+jws) of a release; its sequence is the ETag.',
        security,
        querystring: z.strictObject({ contract: registryId.optional() }),
        response: { 200: z.string(), ...problems },
      },
    },
    async (request, reply) => {
      const { sequence, jws } = await supergraphs.signed(request.query.contract ?? null);
      reply.header('etag', `"${sequence}"`);
      return reply.type('application/jose').serializer(String).send(jws);
    },
  );
  routes.post(
    '/operations',
    {
      onRequest,
      bodyLimit: maxReportBytes,
      schema: {
        tags: ['gateways'],
        summary: 'Tell what was asked since the report before; the same report counts once',
        security,
        body: operationReport,
        response: { 200: operationReceipt, ...problems },
      },
    },
    async (request) => operations.record(request.body),
  );
  routes.get(
    '/operations',
    {
      onRequest,
      schema: {
        tags: ['gateways'],
        summary: 'What is asked most, to warm a new supergraph with',
        security,
        querystring: z.strictObject({
          first: z.coerce.number().int().min(1).max(1_000).default(100),
        }),
        response: { 200: popularOperations, ...problems },
      },
    },
    async (request) => ({ operations: await operations.popular(request.query.first) }),
  );
}
