import { roleName } from '@tavolo/access-model';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findCaller, type RegistryCaller } from '../caller.ts';
import type { Request } from '../keep-change.ts';
import { Refusal } from '../refusal.ts';
import type { AppParts } from './create-app.ts';

/** Who sent each request. */
export type CallerOf = WeakMap<FastifyRequest, RegistryCaller>;

/** Knows who asks before anything of the request's body is read. */
export function authenticate(routes: FastifyInstance, callers: CallerOf, parts: AppParts): void {
  routes.addHook('onRequest', async (request) => {
    const { authorization, dpop } = request.headers;
    const token = await parts
      .verifyToken({
        authorization,
        dpop: typeof dpop === 'string' ? dpop : undefined,
        method: request.method,
        url: `${parts.publicUrl()}${request.url.split('?')[0] ?? ''}`,
      })
      .catch((cause: unknown) => {
        throw toRefusal(cause);
      });
    callers.set(request, await findCaller(parts.store, token, parts));
  });
  routes.get(
    '/me',
    {
      schema: {
        summary: 'Who you are to the registry',
        response: {
          200: z.object({
            organisation: z.string(),
            partnerId: z.string().nullable(),
            roles: z.array(roleName),
            isStopped: z.boolean(),
          }),
        },
      },
    },
    async (request) => {
      const { organisation, partnerId, roles, isStopped } = callerOf(callers, request);
      return { organisation, partnerId, roles: [...roles].sort(), isStopped };
    },
  );
}

/** The request's sender; a route outside of {@link authenticate} has none. */
export function callerOf(callers: CallerOf, request: FastifyRequest): RegistryCaller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Refusal('UNAUTHENTICATED', 'Nobody is known to ask');
  return caller;
}

/** The request as changes know it. */
export function requestOf(callers: CallerOf, request: FastifyRequest): Request {
  return { caller: callerOf(callers, request), requestId: request.id };
}

/** Codes of AccessTokenError whose message may be shown. */
const known: ReadonlySet<string> = new Set([
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'DPOP_INVALID',
]);

function toRefusal(cause: unknown): Error {
  if (!(cause instanceof Error) || !('code' in cause)) {
    return cause instanceof Error ? cause : new Error('no token', { cause });
  }
  const code = String(cause.code);
  if (!known.has(code)) return cause;
  return new Refusal('UNAUTHENTICATED', cause.message, [
    { field: 'authorization', rule: code, message: cause.message },
  ]);
}
