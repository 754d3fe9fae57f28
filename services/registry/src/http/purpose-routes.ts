import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type PurposeEntry, purposeContent } from '../model/purpose.ts';
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
  versionBody,
  withEtag,
} from './requests.ts';
import { purposeSummary, purposeView, summarise, viewPurpose } from './views.ts';

/** `/purposes`: what organisations ask for, and who let them. */
export function purposeRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, purposes, stops } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['purposes'];
  const params = idParams;
  const response = { 200: purposeView, ...problems };
  const answer = (reply: FastifyReply, entry: PurposeEntry) => withEtag(reply, viewPurpose(entry));

  routes.get(
    '/purposes',
    {
      schema: {
        tags,
        summary: 'Purposes, all or those of the own organisation',
        querystring: pageQuery,
        response: { 200: pageView(purposeSummary), ...problems },
      },
    },
    async (request) => {
      const caller = callerOf(callers, request);
      const { after = '', first } = request.query;
      const isOfAll = may(caller, 'readEverything');
      if (!isOfAll && caller.consumerId === null) return { items: [], next: null };
      const page = { after, first: first + 1 };
      const read = await store.purposesPage(page, isOfAll ? null : caller.consumerId);
      return toPage(read.map(summarise), first);
    },
  );
  routes.get(
    '/purposes/:id',
    { schema: { tags, summary: 'One purpose', params, response } },
    async (request, reply) => {
      const caller = callerOf(callers, request);
      const isVisible = ({ consumerId }: PurposeEntry) =>
        may(caller, 'readEverything') || consumerId === caller.consumerId;
      return answer(reply, mustExist(await store.purpose(request.params.id), isVisible));
    },
  );
  routes.put(
    '/purposes/:id',
    {
      schema: {
        tags,
        summary: "Draft or change a purpose (the consumer's privacy-officer)",
        params,
        headers: preconditions,
        body: purposeContent,
        response: { ...response, 201: purposeView },
      },
    },
    async (request, reply) => {
      const { entry, isNew } = await purposes.put(
        requestOf(callers, request),
        request.params.id,
        request.body,
        expectedOf(request.headers),
      );
      return reply.status(isNew ? 201 : 200).send(answer(reply, entry));
    },
  );
  routes.post(
    '/purposes/:id/submit',
    { schema: { tags, summary: 'Ask the owners', params, body: versionBody, response } },
    async (request, reply) => {
      const by = requestOf(callers, request);
      const { id } = request.params;
      return answer(reply, (await purposes.submit(by, id, request.body.version)).entry);
    },
  );
  routes.post(
    '/purposes/:id/approve',
    {
      schema: {
        tags,
        summary: 'Approve for one owner (its privacy-officer); the last one puts it in force',
        params,
        body: versionBody.extend({ categories: purposeContent.shape.categories }),
        response,
      },
    },
    async (request, reply) => {
      const { version, categories } = request.body;
      const by = requestOf(callers, request);
      const { entry } = await purposes.approve(by, request.params.id, version, categories);
      return answer(reply, entry);
    },
  );
  routes.post(
    '/purposes/:id/reject',
    {
      schema: {
        tags,
        summary: 'Reject for one owner',
        params,
        body: versionBody.extend(reasonBody.shape),
        response,
      },
    },
    async (request, reply) => {
      const { version, reason } = request.body;
      const by = requestOf(callers, request);
      return answer(reply, (await purposes.reject(by, request.params.id, version, reason)).entry);
    },
  );
  routes.post(
    '/purposes/:id/archive',
    { schema: { tags, summary: 'End a purpose for good', params, body: emptyBody, response } },
    async (request, reply) => {
      const by = requestOf(callers, request);
      return answer(reply, (await purposes.archive(by, request.params.id)).entry);
    },
  );
  routes.post(
    '/purposes/:id/suspend',
    {
      schema: {
        tags,
        summary: 'Stop a purpose (its consumer, an owner of its data, or the hub)',
        params,
        body: reasonBody,
        response,
      },
    },
    async (request, reply) => {
      const by = requestOf(callers, request);
      const { id } = request.params;
      return answer(reply, (await stops.suspend(by, 'purpose', id, request.body.reason)).entry);
    },
  );
  routes.post(
    '/purposes/:id/resume',
    {
      schema: { tags, summary: 'Take back the own suspension', params, body: emptyBody, response },
    },
    async (request, reply) => {
      const by = requestOf(callers, request);
      return answer(reply, (await stops.resume(by, 'purpose', request.params.id)).entry);
    },
  );
}
