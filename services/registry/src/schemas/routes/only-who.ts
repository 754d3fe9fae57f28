import type { FastifyRequest } from 'fastify';
import { type CallerOf, callerOf } from '../../http/authenticate.ts';
import { mustMay, type Permission } from '../../permissions.ts';

/** Refuses before the body is read, so that only whoever may publish can send much. */
export function onlyWho(callers: CallerOf, permission: Permission) {
  return async (request: FastifyRequest): Promise<void> =>
    mustMay(callerOf(callers, request), permission);
}
