import { randomUUID } from 'node:crypto';
import type { HeaderValue } from '@tavolo/access-token';
import type { Logger } from '@tavolo/process-kit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Gate, Passage } from '../gate/gate.ts';
import { isRefusal } from '../gate/identify-caller.ts';
import type { Refusal } from '../gate/refusal.ts';
import { createStrangerLimit, type StrangerLimit } from '../gate/stranger-limit.ts';
import { refusalBody } from '../refusal-body.ts';
import { refusalOfHttpError } from '../refusal-of-http-error.ts';
import type { Cacheability } from './cacheability.ts';
import type { EntityCache } from './entity-cache.ts';
import { entityIdentity } from './entity-identity.ts';

/** What the route needs of the gateway around it. */
export interface InvalidationRouteParts {
  readonly gate: Pick<Gate, 'identify'>;
  readonly cache: Pick<EntityCache, 'invalidate'>;
  /** The subgraphs of the graph in use that are a partner's own. */
  readonly subgraphsOf: (partner: string) => readonly string[];
  /** Of the graph in use: see `Cacheability`. */
  readonly keysOf: Cacheability['keysOf'];
  /** Bounds the answers to those who are nobody. */
  readonly strangers: StrangerLimit;
  readonly signalsPerMinute: number;
  readonly now: () => Date;
  /** What clients call the gateway, without a path; what they wrote, unless told. */
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
}

const path = '/entity-cache/invalidations';
const maxBodyBytes = 16 * 1024;

const changeSignal = z.strictObject({
  type: z.string().regex(/^[A-Za-z_]\w{0,127}$/u),
  /** The subgraph, of a partner that has several. */
  subgraph: z.string().min(1).max(128).optional(),
  /** As the gateway sends it: `__typename` and the fields of one key. */
  representation: z
    .record(z.string().max(128), z.json())
    .refine((fields) => Object.keys(fields).length <= 32)
    .optional(),
});

/**
 * `POST /entity-cache/invalidations`: an institution says, with its own token, that something of its own has changed.
 * What the line in the log says is who, of which type, and whether one entity or all; never which one.
 */
export function registerInvalidationRoute(
  app: FastifyInstance,
  parts: InvalidationRouteParts,
): void {
  const { gate, cache, logger, now } = parts;
  const passages = new WeakMap<FastifyRequest, Passage>();
  const requestIds = new WeakMap<FastifyRequest, string>();
  const limits = new Map<string, StrangerLimit>();

  /** One for each partner of the registry, which are few. */
  function limitOf(partner: string): StrangerLimit {
    const known = limits.get(partner);
    if (known) return known;
    const limit = createStrangerLimit({
      perMinute: parts.signalsPerMinute,
      now,
      onFlood: ({ refusals }) =>
        logger.warn({ partner, signals: refusals }, 'too many changes are signalled'),
    });
    limits.set(partner, limit);
    return limit;
  }

  function requestIdOf(request: FastifyRequest): string {
    const requestId = requestIds.get(request) ?? randomUUID();
    requestIds.set(request, requestId);
    return requestId;
  }

  function refuse(reply: FastifyReply, request: FastifyRequest, refusal: Refusal): FastifyReply {
    const errorId = randomUUID();
    const { status, code, headers = {} } = refusal;
    logger.info(
      { requestId: requestIdOf(request), errorId, code },
      'a signalled change is refused',
    );
    return reply.code(status).headers(headers).send(refusalBody(refusal, errorId));
  }

  app.post(path, {
    bodyLimit: maxBodyBytes,
    errorHandler: (error: FastifyError, request, reply) => {
      refuse(reply, request, refusalOfHttpError(error, requestIdOf(request), logger));
    },
    // Before the body is read: a stranger costs a look at a header.
    onRequest: async (request, reply) => {
      const requestId = requestIdOf(request);
      reply.headers({ 'x-request-id': requestId, 'cache-control': 'no-store' });
      const passage = await gate.identify({
        authorization: headerOf(request, 'authorization'),
        dpop: headerOf(request, 'dpop'),
        method: request.method,
        url: `${parts.publicUrl ?? `${request.protocol}://${request.host}`}${path}`,
        requestId,
      });
      if (isRefusal(passage)) {
        return refuse(reply, request, parts.strangers.admit() ? passage : tooMany);
      }
      passages.set(request, passage);
      return undefined;
    },
    handler: async (request, reply) => {
      const partner = passages.get(request)?.caller?.partner ?? null;
      const own = partner === null ? [] : parts.subgraphsOf(partner);
      if (partner === null || own.length === 0) return refuse(reply, request, notAPartner);
      if (!limitOf(partner).admit()) return refuse(reply, request, tooMany);
      const signal = changeSignal.safeParse(request.body);
      if (!signal.success) return refuse(reply, request, notASignal);
      const { type, representation } = signal.data;
      const [subgraph] = own.filter((name) => name === (signal.data.subgraph ?? name));
      // Another institution's subgraph and one that does not exist look alike.
      if (subgraph === undefined) return refuse(reply, request, notItsOwn);
      const keys = parts.keysOf(subgraph, type);
      if (!keys) return refuse(reply, request, noSuchType);
      const one = representation && identityBy(keys, type, representation);
      try {
        await cache.invalidate({
          subgraph,
          typeName: type,
          ...(one === undefined ? {} : { representation: one }),
        });
      } catch (error) {
        logger.warn(
          { err: error, requestId: requestIdOf(request), subgraph },
          'a change is not noted',
        );
        return refuse(reply, request, notNoted);
      }
      logger.info(
        {
          requestId: requestIdOf(request),
          partner,
          subgraph,
          type,
          isWholeType: one === undefined,
        },
        'a change is noted',
      );
      return reply.code(204).send();
    },
  });
}

/**
 * The entity that is named, where that is certain: the type has one key, and the representation is that key. Otherwise
 * the same entity could be kept under another name, so all of the type counts as changed.
 */
function identityBy(
  keys: readonly string[],
  type: string,
  representation: Readonly<Record<string, unknown>>,
): string | undefined {
  const [key] = keys;
  if (key === undefined || keys.length > 1) return undefined;
  const fields = Object.fromEntries(
    Object.entries(representation).filter(([name]) => name !== '__typename'),
  );
  const isWhole = sameShape(fields, key);
  return isWhole ? entityIdentity({ __typename: type, ...fields }) : undefined;
}

/** Keys with fields of fields are not taken apart. */
function sameShape(fields: Readonly<Record<string, unknown>>, key: string): boolean {
  const names = key.trim().split(/[\s,]+/u);
  return (
    names.length === Object.keys(fields).length &&
    names.every((name) => Object.hasOwn(fields, name) && typeof fields[name] !== 'object')
  );
}

const tooMany: Refusal = {
  status: 429,
  code: 'RATE_LIMITED',
  message: 'More changes are signalled than the gateway takes in a minute: signal a whole type',
  headers: { 'retry-after': '60' },
};
const notAPartner: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Only an institution that answers in this graph signals changes',
};
const notItsOwn: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'An institution signals changes of its own subgraphs only',
};
const notASignal: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message:
    'The body must be {"type", "representation"?, "subgraph"?}, a representation being an object',
};
const noSuchType: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The subgraph has no type of this name',
};
const notNoted: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The change could not be noted; signal it again',
  headers: { 'retry-after': '5' },
};

/** Each as it was sent: a header that comes twice is not the first of the two. */
function headerOf(request: FastifyRequest, name: string): HeaderValue {
  const values = request.raw.headersDistinct[name];
  return values?.length === 1 ? values[0] : values;
}
