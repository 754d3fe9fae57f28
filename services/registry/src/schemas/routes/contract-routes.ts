import { createHash } from 'node:crypto';
import {
  contractContent,
  contractList,
  contractSchema,
  contractView,
  subgraphName,
} from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CallerOf, requestOf } from '../../http/authenticate.ts';
import type { AppParts } from '../../http/create-app.ts';
import { problems } from '../../http/requests.ts';
import { Refusal } from '../../refusal.ts';
import { onlyWho } from './only-who.ts';

/** `/contracts`: variants of the graph by `@tag`. */
export function contractRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, schemas } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['contracts'];
  const params = z.object({ name: subgraphName });
  const onRequest = onlyWho(callers, 'readSchema');

  async function existing(name: string) {
    const found = (await store.schemas.contracts()).find((one) => one.name === name);
    if (found === undefined) throw new Refusal('NOT_FOUND', 'There is no such contract');
    return { ...found, includeTags: [...found.includeTags], excludeTags: [...found.excludeTags] };
  }

  routes.get(
    '/contracts',
    {
      onRequest,
      schema: { tags, summary: 'Every contract', response: { 200: contractList, ...problems } },
    },
    async () => {
      const contracts = await store.schemas.contracts();
      return {
        items: contracts.map(({ name, includeTags, excludeTags }) => ({
          name,
          includeTags: [...includeTags],
          excludeTags: [...excludeTags],
        })),
      };
    },
  );
  routes.get(
    '/contracts/:name',
    {
      onRequest,
      schema: {
        tags,
        summary: 'One contract',
        params,
        response: { 200: contractView, ...problems },
      },
    },
    async (request) => existing(request.params.name),
  );
  routes.put(
    '/contracts/:name',
    {
      onRequest: onlyWho(callers, 'changeContract'),
      schema: {
        tags,
        summary: 'Make or change a contract (hub-operator)',
        params,
        body: contractContent,
        response: { 200: contractView, ...problems },
      },
    },
    async (request) =>
      schemas.contracts.put(requestOf(callers, request), request.params.name, request.body),
  );
  routes.get(
    '/contracts/:name/schema',
    {
      onRequest,
      schema: {
        tags,
        summary: 'The variant of the graph in force',
        params,
        response: { 200: contractSchema, ...problems },
      },
    },
    async (request) => {
      const { name } = await existing(request.params.name);
      const released = await store.schemas.releasedSdl(name);
      if (released === null) throw new Refusal('NOTHING_PUBLISHED', 'No schema is published yet');
      const { head, sdl } = released;
      const id = createHash('sha256').update(sdl).digest('hex');
      return { name, sequence: head.sequence, id, sdl };
    },
  );
}
