import { subgraphName, waiverContent, waiverList, waiverView } from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CallerOf, requestOf } from '../../http/authenticate.ts';
import type { AppParts } from '../../http/create-app.ts';
import { problems } from '../../http/requests.ts';
import { Refusal } from '../../refusal.ts';
import { isAt } from '../waivers.ts';
import { onlyWho } from './only-who.ts';
import { reason } from './texts.ts';

const params = z.object({
  subgraph: subgraphName,
  code: z.string().regex(/^[A-Z][A-Z0-9_]{2,79}$/u),
  /** `Type`, `Type.field` or `Type.field(argument:)`. */
  coordinate: z
    .string()
    .max(300)
    .regex(/^[A-Z_a-z]\w*(?:\.\w+(?:\(\w+:\))?)?$/u),
});

/** `/waivers`: who answers for an exception from the rules of the house. */
export function waiverRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, schemas } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['waivers'];
  const onRequest = onlyWho(callers, 'readSchema');

  routes.get(
    '/waivers',
    {
      onRequest,
      schema: { tags, summary: 'Every waiver', response: { 200: waiverList, ...problems } },
    },
    async () => ({ items: [...(await store.schemas.waivers())] }),
  );
  routes.get(
    '/waivers/:subgraph/:code/:coordinate',
    {
      onRequest,
      schema: { tags, summary: 'One waiver', params, response: { 200: waiverView, ...problems } },
    },
    async (request) => {
      const waivers = await store.schemas.waivers();
      const found = waivers.find((one) => isAt(one, request.params));
      if (found === undefined) throw new Refusal('NOT_FOUND', 'There is no such waiver');
      return found;
    },
  );
  routes.put(
    '/waivers/:subgraph/:code/:coordinate',
    {
      onRequest: onlyWho(callers, 'grantWaiver'),
      schema: {
        tags,
        summary: 'Grant a waiver (privacy-officer of another organisation than the owner)',
        params,
        body: waiverContent.extend({ reason }),
        response: { 200: waiverView, ...problems },
      },
    },
    async (request) =>
      schemas.waivers.put(requestOf(callers, request), request.params, request.body),
  );
}
