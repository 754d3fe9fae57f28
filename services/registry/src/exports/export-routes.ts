import { stringify } from 'csv-stringify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type CallerOf, callerOf } from '../http/authenticate.ts';
import { problems } from '../http/requests.ts';
import { mustMay } from '../permissions.ts';
import type { RegistryStore } from '../store/registry-store.ts';
import { reportedAgreements } from './agreements.ts';
import { processingActivities } from './art-30.ts';

const query = z.strictObject({ format: z.enum(['json', 'csv']).default('json') });

/** `/exports`: the art. 30 register and the arts. 26 and 28 agreements, for whoever must show them. */
export function exportRoutes(
  app: FastifyInstance,
  callers: CallerOf,
  { store, now }: { readonly store: RegistryStore; readonly now: () => Date },
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const schema = {
    tags: ['exports'],
    querystring: query,
    response: { 200: z.unknown(), ...problems },
  };

  routes.get(
    '/exports/art-30',
    {
      schema: {
        ...schema,
        summary: 'Register of processing activities (registro dei trattamenti)',
      },
    },
    async (request, reply) => {
      mustMay(callerOf(callers, request), 'export');
      const activities = processingActivities(await store.contents(), now());
      if (request.query.format === 'csv') return sendCsv(reply, 'art-30', activities);
      return reply.send({ asOf: now().toISOString(), activities });
    },
  );
  routes.get(
    '/exports/agreements',
    { schema: { ...schema, summary: 'Agreements of arts. 26 and 28 GDPR (accordi e nomine)' } },
    async (request, reply) => {
      mustMay(callerOf(callers, request), 'export');
      const agreements = reportedAgreements(await store.contents());
      if (request.query.format === 'csv') return sendCsv(reply, 'agreements', agreements);
      return reply.send({ asOf: now().toISOString(), agreements });
    },
  );
}

/** A cell that a spreadsheet would run is written so that it does not. */
function sendCsv(reply: FastifyReply, name: string, rows: readonly object[]): FastifyReply {
  const records = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.join('; ') : value,
      ]),
    ),
  );
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(
      stringify(records, {
        header: true,
        bom: true,
        escape_formulas: true,
        record_delimiter: 'windows',
        cast: { boolean: String },
      }),
    );
}
