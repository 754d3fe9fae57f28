import type { FastifyRequest } from 'fastify';

/** What a question is for when it does not say; such references join with nothing but each other. */
const UNSTATED = 'unstated';

/** The purpose of a question, as the gateway passes it on; anything that is not a purpose id counts as unstated. */
export function purposeOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const purpose = headers['x-tavolo-purpose'];
  return typeof purpose === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(purpose) ? purpose : UNSTATED;
}
