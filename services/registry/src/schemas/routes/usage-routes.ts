import { fieldCoordinate } from '@tavolo/access-model';
import { coordinateUsage } from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CallerOf } from '../../http/authenticate.ts';
import type { AppParts } from '../../http/create-app.ts';
import { problems } from '../../http/requests.ts';
import { onlyWho } from './only-who.ts';

/** `/usage`: who asks for a field. */
export function usageRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { operations } = parts.store;
  app.withTypeProvider<ZodTypeProvider>().get(
    '/usage',
    {
      onRequest: onlyWho(callers, 'readSchema'),
      schema: {
        tags: ['subgraphs'],
        summary: 'Who asked for a field in the last 90 days, and how often',
        querystring: z.strictObject({ coordinate: fieldCoordinate }),
        response: { 200: coordinateUsage, ...problems },
      },
    },
    async (request) => {
      const { coordinate } = request.query;
      const usage = await operations.usage([coordinate]);
      return { coordinate, usedBy: [...(usage.get(coordinate) ?? [])] };
    },
  );
}
