import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findTokenOwner, type TokenHashes } from '../find-token-owner.ts';
import { readBody } from '../read-body.ts';
import { answerRefusal, Refusal } from '../refusal.ts';
import type { PersonIndexStore } from '../store/person-index-store.ts';

export interface ReviewRoutesOptions {
  readonly store: PersonIndexStore;
  readonly reviewerTokens: TokenHashes<string>;
  readonly logError: (failure: { err: unknown; errorId: string }) => void;
}

const sectorKey = z.strictObject({
  partner: z.string().regex(/^[a-z0-9-]{2,64}$/, 'must be the name of an institution'),
  sectorKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 43 base64url characters'),
});

const decision = z
  .strictObject({
    a: sectorKey,
    b: sectorKey,
    verdict: z.enum(['SAME_PERSON', 'TWO_PEOPLE']),
  })
  .refine(({ a, b }) => a.partner !== b.partner, {
    path: ['b', 'partner'],
    message: 'must be another institution than a.partner',
  });

const page = z.strictObject({ first: z.coerce.number().int().min(1).max(500).default(50) });
const eventsAfter = page.extend({
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'must be an event id')
    .default('0'),
});

/**
 * `/review/…`: the office that looks at doubtful pairs. It sees how far attributes agree and the institutions' opaque
 * keys, with which it can ask them; it sees no value, no fact, and no institution can use these routes.
 */
export function reviewRoutes(options: ReviewRoutesOptions): (app: FastifyInstance) => void {
  const { store, reviewerTokens, logError } = options;
  return (app) => {
    void app.register(
      (routes, _options, done) => {
        const reviewerOf = new WeakMap<FastifyRequest, string>();
        routes.addHook('onRequest', (request, _reply, next) => {
          const reviewer = findTokenOwner(reviewerTokens, request.headers.authorization);
          if (reviewer !== null) reviewerOf.set(request, reviewer);
          next(reviewer === null ? new Refusal('UNAUTHENTICATED') : undefined);
        });
        routes.setErrorHandler((error, _request, reply) => answerRefusal(error, reply, logError));
        routes.setNotFoundHandler((_request, reply) =>
          answerRefusal(new Refusal('NOT_FOUND'), reply, logError),
        );

        routes.get('/queue', async (request) => ({
          pairs: await store.reviewQueue(readBody(page, request.query).first),
        }));
        routes.post('/decisions', async (request) => {
          const reviewer = reviewerOf.get(request) ?? '';
          const isKnown = await store.decide({ ...readBody(decision, request.body), reviewer });
          if (!isKnown) throw new Refusal('NOT_FOUND', 'There are no such two records');
          return { decided: true };
        });
        routes.get('/events', async (request) => {
          const { after, first } = readBody(eventsAfter, request.query);
          return { events: await store.events(after, first) };
        });
        routes.get('/quality', () => store.quality());
        done();
      },
      { prefix: '/review' },
    );
  };
}
