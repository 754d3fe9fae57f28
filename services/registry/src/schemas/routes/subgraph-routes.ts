import {
  checkReport,
  checkRequest,
  publicationRequest,
  publicationResult,
  subgraphList,
  subgraphName,
  subgraphVersionText,
  subgraphView,
  versionList,
} from '@tavolo/registry-api';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CallerOf, requestOf } from '../../http/authenticate.ts';
import type { AppParts } from '../../http/create-app.ts';
import { problems } from '../../http/requests.ts';
import { Refusal } from '../../refusal.ts';
import { viewSubgraph, viewVersion } from '../view-subgraph.ts';
import { onlyWho } from './only-who.ts';
import { readEntry, readSubgraph } from './read-subgraph.ts';
import { note } from './texts.ts';

/** The largest schema that is taken, with room for what JSON adds. */
const maxSchemaBytes = 8 * 1024 * 1024;
const nameParams = z.object({ name: subgraphName });

/** `/subgraphs`, `/checks` and `/publications`: the schemas of the graph. */
export function subgraphRoutes(app: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  const { store, schemas } = parts;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['subgraphs'];
  const reading = { onRequest: onlyWho(callers, 'readSchema') };
  const publishing = { onRequest: onlyWho(callers, 'publishSchema'), bodyLimit: maxSchemaBytes };

  routes.get(
    '/subgraphs',
    {
      ...reading,
      schema: {
        tags,
        summary: 'Every subgraph with its owner and state',
        response: { 200: subgraphList, ...problems },
      },
    },
    async () => {
      const [entries, inForce, partners] = [
        await store.schemas.subgraphs(),
        await store.schemas.versionsInForce(),
        await store.partners(),
      ];
      const items = entries.map((entry) =>
        viewSubgraph(
          entry,
          inForce.find(({ subgraph }) => subgraph === entry.name) ?? null,
          partners,
        ),
      );
      return { items };
    },
  );
  routes.get(
    '/subgraphs/:name',
    {
      ...reading,
      schema: {
        tags,
        summary: 'One subgraph',
        params: nameParams,
        response: { 200: subgraphView, ...problems },
      },
    },
    async (request) => readSubgraph(store, request.params.name),
  );
  routes.get(
    '/subgraphs/:name/versions',
    {
      ...reading,
      schema: {
        tags,
        summary: 'Versions of a subgraph’s schema, newest first',
        params: nameParams,
        querystring: z.strictObject({
          before: z.coerce.number().int().min(1).optional(),
          first: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: versionList, ...problems },
      },
    },
    async (request) => {
      const { first, before = null } = request.query;
      const entry = await readEntry(store, request.params.name);
      const page = { before, first: first + 1 };
      const read = await store.schemas.versionsPage(request.params.name, page);
      const items = read.slice(0, first).map((version) => viewVersion(version, entry));
      return { items, next: read.length > first ? (items.at(-1)?.version ?? null) : null };
    },
  );
  routes.get(
    '/subgraphs/:name/versions/:version',
    {
      ...reading,
      schema: {
        tags,
        summary: 'One version with its text',
        params: z.object({
          name: subgraphName,
          version: z.coerce.number().int().min(1).max(2_147_483_647),
        }),
        response: { 200: subgraphVersionText, ...problems },
      },
    },
    async (request) => {
      const { name, version } = request.params;
      const entry = await readEntry(store, name);
      const text = await store.schemas.version(name, version);
      if (text === null) throw new Refusal('NO_SUCH_VERSION', 'There is no such version');
      return { ...viewVersion(text, entry), files: [...text.files] };
    },
  );
  routes.post(
    '/checks',
    {
      ...publishing,
      schema: {
        tags,
        summary: 'What publishing would do; changes nothing (partner-it, hub-operator)',
        body: checkRequest,
        response: { 200: checkReport, ...problems },
      },
    },
    async (request) => schemas.publications.check(requestOf(callers, request), request.body),
  );
  routes.post(
    '/publications',
    {
      ...publishing,
      schema: {
        tags,
        summary: 'Publish schemas, all of them or none (partner-it of their owner, hub-operator)',
        body: publicationRequest.extend({ note }),
        response: { 200: publicationResult, ...problems },
      },
    },
    async (request) => schemas.publications.publish(requestOf(callers, request), request.body),
  );
}
