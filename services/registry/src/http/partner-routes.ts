import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { partnerContent } from '../model/partner.ts';
import { may } from '../permissions.ts';
import { type CallerOf, callerOf, requestOf } from './authenticate.ts';
import type { AppParts } from './create-app.ts';
import {
  emptyBody,
  expectedOf,
  idParams,
  mustExist,
  pageQuery,
  pageView,
  preconditions,
  problems,
  reasonBody,
  toPage,
  withEtag,
} from './requests.ts';
import { partnerView } from './views.ts';

/** `/partners`: institutions that answer. */
export function partnerRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, organisations, stops } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['partners'];
  const response = { 200: partnerView, ...problems };

  routes.get(
    '/partners',
    {
      schema: {
        tags,
        summary: 'Partners, all or the own one',
        querystring: pageQuery,
        response: { 200: pageView(partnerView), ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(callers, request);
      const { after = '', first } = request.query;
      const all = await store.partners();
      const visible = may(caller, 'readEverything')
        ? all
        : all.filter(({ id }) => id === caller.partnerId);
      return toPage(visible.filter(({ id }) => id > after).slice(0, first + 1), first);
    },
  );
  routes.get(
    '/partners/:id',
    { schema: { tags, summary: 'One partner', params: idParams, response } },
    async (request, reply) => {
      const caller = callerOf(callers, request);
      const isVisible = ({ id }: { id: string }) =>
        may(caller, 'readEverything') || id === caller.partnerId;
      return withEtag(reply, mustExist(await store.partner(request.params.id), isVisible));
    },
  );
  routes.put(
    '/partners/:id',
    {
      schema: {
        tags,
        summary: 'Register or change a partner (hub-operator)',
        params: idParams,
        headers: preconditions,
        body: partnerContent,
        response: { ...response, 201: partnerView },
      },
    },
    async (request, reply) => {
      const { entry, isNew } = await organisations.putPartner(
        requestOf(callers, request),
        request.params.id,
        request.body,
        expectedOf(request.headers),
      );
      return reply.status(isNew ? 201 : 200).send(withEtag(reply, entry));
    },
  );
  routes.post(
    '/partners/:id/suspend',
    {
      schema: {
        tags,
        summary: 'Stop a partner (itself, or the hub)',
        params: idParams,
        body: reasonBody,
        response,
      },
    },
    async (request, reply) => {
      const by = requestOf(callers, request);
      const { entry } = await stops.suspend(by, 'partner', request.params.id, request.body.reason);
      return withEtag(reply, entry);
    },
  );
  routes.post(
    '/partners/:id/resume',
    {
      schema: {
        tags,
        summary: 'Take back the own suspension',
        params: idParams,
        body: emptyBody,
        response,
      },
    },
    async (request, reply) => {
      const by = requestOf(callers, request);
      const { entry } = await stops.resume(by, 'partner', request.params.id);
      return withEtag(reply, entry);
    },
  );
}
