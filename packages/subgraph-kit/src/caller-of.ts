import type { Caller } from '@tavolo/caller-context';
import type { FastifyRequest } from 'fastify';

const callers = new WeakMap<object, Caller>();

/** Notes who was admitted with this request. */
export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request.raw, caller);
}

/** Who asks; a request that was not admitted has nobody, and nothing may be answered to it. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request.raw);
  if (caller === undefined) throw new Error('the request was not admitted');
  return caller;
}
