import { householdsBatch, MAX_ENROLMENT_BYTES, peopleBatch, removalBatch } from '@tavolo/linkage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findTokenOwner, type TokenHashes } from '../find-token-owner.ts';
import type { Partner } from '../partner.ts';
import { readBody } from '../read-body.ts';
import { answerRefusal, Refusal } from '../refusal.ts';
import {
  LinkageKeyMismatchError,
  PartnerRemovedError,
  type PersonIndexStore,
} from '../store/person-index-store.ts';

export interface EnrolmentRoutesOptions {
  readonly store: PersonIndexStore;
  /** Of everybody who enrols at this moment. */
  readonly partnerTokens: () => TokenHashes<Partner>;
  readonly logError: (failure: { err: unknown; errorId: string }) => void;
}

/** A page of keys and versions stays well under the 2 MB that the encoder reads. */
const MANIFEST_PAGE = 10_000;

const manifestQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'must be 43 base64url characters')
    .optional(),
});

/**
 * `/enrolment/…`: institutions write and read back their own records. The institution is the one whose token
 * is shown, never one named in the request, so nobody can touch another's records; answers are figures about
 * the asker's own records, so nobody learns who else knows a person.
 */
export function enrolmentRoutes(options: EnrolmentRoutesOptions): (app: FastifyInstance) => void {
  const { store, partnerTokens, logError } = options;
  return (app) => {
    void app.register(
      (routes, _options, done) => {
        const partnerOf = new WeakMap<FastifyRequest, Partner>();
        const askedBy = (request: FastifyRequest): Partner => {
          const partner = partnerOf.get(request);
          if (partner === undefined) throw new Refusal('UNAUTHENTICATED');
          return partner;
        };
        // Before the body is read: strangers cannot make the index read a megabyte.
        routes.addHook('onRequest', (request, _reply, next) => {
          const partner = findTokenOwner(partnerTokens(), request.headers.authorization);
          if (partner !== null) partnerOf.set(request, partner);
          next(partner === null ? new Refusal('UNAUTHENTICATED') : undefined);
        });
        routes.setErrorHandler((error, _request, reply) => {
          // Another process removed it, and its token with it, a moment ago.
          const isGone = error instanceof PartnerRemovedError;
          return answerRefusal(isGone ? new Refusal('UNAUTHENTICATED') : error, reply, logError);
        });
        routes.setNotFoundHandler((_request, reply) =>
          answerRefusal(new Refusal('NOT_FOUND'), reply, logError),
        );

        routes.get('/figures', (request) => store.figures(askedBy(request)));
        for (const subject of ['people', 'households'] as const) {
          routes.get(`/${subject}`, (request) => {
            const { after } = readBody(manifestQuery, request.query);
            return store.manifest(askedBy(request), subject, after ?? null, MANIFEST_PAGE);
          });
          routes.delete(`/${subject}`, { bodyLimit: MAX_ENROLMENT_BYTES }, (request) =>
            store.remove(
              askedBy(request),
              subject,
              readBody(removalBatch, request.body).sectorKeys,
            ),
          );
        }
        routes.put('/people', { bodyLimit: MAX_ENROLMENT_BYTES }, (request) => {
          const { key, records } = readBody(peopleBatch, request.body);
          records.forEach(({ identifiers, attributes }, place) => {
            underOneKey(key.id, `records.${place}.identifiers`, identifiers);
            if (attributes !== undefined) {
              underOneKey(key.id, `records.${place}.attributes`, [attributes]);
            }
          });
          return store.enrolPeople(askedBy(request), key, eachOnce(records)).catch(toRefusal);
        });
        routes.put('/households', { bodyLimit: MAX_ENROLMENT_BYTES }, (request) => {
          const { key, records } = readBody(householdsBatch, request.body);
          records.forEach(({ codes }, place) => {
            underOneKey(key.id, `records.${place}.codes`, codes);
          });
          return store.enrolHouseholds(askedBy(request), key, eachOnce(records)).catch(toRefusal);
        });
        // For the person the record is about: when, for what and in which questions it was asked about. Nobody else's record, nobody else's name.
        routes.get<{ Params: { sectorKey: string } }>(
          '/people/:sectorKey/accesses',
          async (request) => ({
            accesses: await store.accessesOf({
              partner: askedBy(request),
              sectorKey: request.params.sectorKey,
            }),
          }),
        );
        done();
      },
      { prefix: '/enrolment' },
    );
  };
}

function eachOnce<R extends { readonly sectorKey: string }>(records: R[]): R[] {
  if (new Set(records.map(({ sectorKey }) => sectorKey)).size < records.length) {
    throw new Refusal('BAD_USER_INPUT', 'records: a sector key appears twice');
  }
  return records;
}

/** What was not encoded under the key that the batch proves would be compared without proof. */
function underOneKey(
  id: string,
  place: string,
  encoded: readonly { readonly keyId: string }[],
): void {
  if (encoded.some(({ keyId }) => keyId !== id)) {
    throw new Refusal('BAD_USER_INPUT', `${place}: keyId must be key.id`);
  }
}

function toRefusal(cause: unknown): never {
  if (cause instanceof LinkageKeyMismatchError) {
    throw new Refusal('BAD_USER_INPUT', `key.check: ${cause.message}`);
  }
  throw cause;
}
