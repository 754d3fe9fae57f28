import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { consumerContent } from '../model/consumer.ts';
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
import { consumerView } from './views.ts';

/** `/consumers`: organisations that ask. */
export function consumerRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, organisations, stops } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['consumers'];
  const response = { 200: consumerView, ...problems };

  routes.get(
    '/consumers',
    {
      schema: {
        tags,
        summary: 'Consumers, all or the own one',
        querystring: pageQuery,
        response: { 200: pageView(consumerView), ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(callers, request);
      const { after = '', first } = request.query;
      if (may(caller, 'readEverything')) {
        return toPage(await store.consumersPage({ after, first: first + 1 }), first);
      }
      const own = caller.consumerId === null ? null : await store.consumer(caller.consumerId);
      return toPage(own === null || own.id <= after ? [] : [own], first);
    },
  );
  routes.get(
    '/consumers/:id',
    { schema: { tags, summary: 'One consumer', params: idParams, response } },
    async (request, reply) => {
      const caller = callerOf(callers, request);
      const isVisible = ({ id }: { id: string }) =>
        may(caller, 'readEverything') || id === caller.consumerId;
      return withEtag(reply, mustExist(await store.consumer(request.params.id), isVisible));
    },
  );
  routes.put(
    '/consumers/:id',
    {
      schema: {
        tags,
        summary: 'Register or change a consumer (hub-operator)',
        params: idParams,
        headers: preconditions,
        body: consumerContent,
        response: { ...response, 201: consumerView },
      },
    },
    async (request, reply) => {
      const { entry, isNew } = await organisations.putConsumer(
        requestOf(callers, request),
        request.params.id,
        request.body,
        expectedOf(request.headers),
      );
      return reply.status(isNew ? 201 : 200).send(withEtag(reply, entry));
    },
  );
  routes.post(
    '/consumers/:id/suspend',
    {
      schema: {
        tags,
        summary: 'Stop a consumer (itself, a partner whose data it reads, or the hub)',
        params: idParams,
        body: reasonBody,
        response,
      },
    },
    async (request, reply) => {
      const by = requestOf(callers, request);
      const { entry } = await stops.suspend(by, 'consumer', request.params.id, request.body.reason);
      return withEtag(reply, entry);
    },
  );
  routes.post(
    '/consumers/:id/resume',
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
      const { entry } = await stops.resume(by, 'consumer', request.params.id);
      return withEtag(reply, entry);
    },
  );
}
