import {
  archiveRequest,
  deprecationRequest,
  publicationResult,
  rollbackRequest,
  subgraphName,
  subgraphView,
} from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CallerOf, requestOf } from '../../http/authenticate.ts';
import type { AppParts } from '../../http/create-app.ts';
import { problems } from '../../http/requests.ts';
import { onlyWho } from './only-who.ts';
import { readSubgraph } from './read-subgraph.ts';
import { reason } from './texts.ts';

/** `/subgraphs/:name/{rollback,deprecate,archive}`. */
export function lifeRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { life } = parts.schemas;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['subgraphs'];
  const params = z.object({ name: subgraphName });
  const onRequest = onlyWho(callers, 'publishSchema');

  routes.post(
    '/subgraphs/:name/rollback',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Back to a version that was served before',
        params,
        body: rollbackRequest.extend({ reason }),
        response: { 200: publicationResult, ...problems },
      },
    },
    async (request) =>
      life.rollBack(requestOf(callers, request), request.params.name, request.body),
  );
  routes.post(
    '/subgraphs/:name/deprecate',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Say until when it is served at the least; null takes it back',
        params,
        body: deprecationRequest.extend({ reason }),
        response: { 200: subgraphView, ...problems },
      },
    },
    async (request) => {
      const { name } = request.params;
      await life.deprecate(requestOf(callers, request), name, request.body);
      return readSubgraph(parts.store, name);
    },
  );
  routes.post(
    '/subgraphs/:name/archive',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Take it out of the graph, after its grace period',
        params,
        body: archiveRequest.extend({ reason }),
        response: { 200: publicationResult, ...problems },
      },
    },
    async (request) => life.archive(requestOf(callers, request), request.params.name, request.body),
  );
}
