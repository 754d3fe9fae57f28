import {
  type EnrolmentSubject,
  householdsBatch,
  MAX_ENROLMENT_BYTES,
  peopleBatch,
  removalBatch,
} from '@tavolo/linkage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Partner } from '../partner.ts';
import type { EnrolledRecord, PersonIndexStore } from '../store/person-index-store.ts';
import { authenticatePartner, type PartnerTokens } from './authenticate-partner.ts';
import { EnrolmentRefusal, refuseEnrolment } from './refuse-enrolment.ts';

export interface EnrolmentRoutesOptions {
  readonly store: PersonIndexStore;
  readonly partnerTokens: PartnerTokens;
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
          if (partner === undefined) throw new EnrolmentRefusal('UNAUTHENTICATED');
          return partner;
        };
        // Before the body is read: strangers cannot make the index read a megabyte.
        routes.addHook('onRequest', (request, _reply, next) => {
          const partner = authenticatePartner(partnerTokens, request.headers.authorization);
          if (partner !== null) partnerOf.set(request, partner);
          next(partner === null ? new EnrolmentRefusal('UNAUTHENTICATED') : undefined);
        });
        routes.setErrorHandler((error, _request, reply) => refuseEnrolment(error, reply, logError));
        routes.setNotFoundHandler((_request, reply) =>
          refuseEnrolment(new EnrolmentRefusal('NOT_FOUND'), reply, logError),
        );

        routes.get('/figures', (request) => store.figures(askedBy(request)));
        for (const subject of ['people', 'households'] as const) {
          routes.get(`/${subject}`, (request) => {
            const { after } = read(manifestQuery, request.query);
            return store.manifest(askedBy(request), subject, after ?? null, MANIFEST_PAGE);
          });
          routes.put(`/${subject}`, { bodyLimit: MAX_ENROLMENT_BYTES }, (request) =>
            store.enrol(askedBy(request), subject, readRecords(subject, request.body)),
          );
          routes.delete(`/${subject}`, { bodyLimit: MAX_ENROLMENT_BYTES }, (request) =>
            store.remove(askedBy(request), subject, read(removalBatch, request.body).sectorKeys),
          );
        }
        done();
      },
      { prefix: '/enrolment' },
    );
  };
}

function readRecords(subject: EnrolmentSubject, body: unknown): EnrolledRecord[] {
  const records =
    subject === 'people'
      ? read(peopleBatch, body).records.map(({ identifiers, ...record }) => ({
          ...record,
          evidence: identifiers,
          memberSectorKeys: [],
        }))
      : read(householdsBatch, body).records.map(({ codes, ...record }) => ({
          ...record,
          evidence: codes.map((code) => ({ kind: 'HOUSEHOLD_CODE', ...code })),
        }));
  if (new Set(records.map(({ sectorKey }) => sectorKey)).size < records.length) {
    throw new EnrolmentRefusal('BAD_USER_INPUT', 'records: a sector key appears twice');
  }
  return records;
}

function read<S extends z.ZodType>(shape: S, value: unknown): z.infer<S> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const reasons = result.error.issues.slice(0, 10).map(describeIssue);
  throw new EnrolmentRefusal('BAD_USER_INPUT', reasons.join('; '));
}

/** Names the field and the rule; an unknown field's own name may be a person's, so it is not repeated. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'body' : issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${place}: has unknown fields`;
    case 'invalid_value':
      return `${place}: must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return `${place}: ${issue.message}`;
  }
}
