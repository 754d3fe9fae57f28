import { readPurpose } from '@tavolo/subgraph-kit';
import type { FastifyRequest } from 'fastify';

/** What a question is for when it does not say; such references join with nothing but each other. */
const UNSTATED = 'unstated';

/** The purpose that references are scoped to and accesses are noted under. */
export function purposeOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  return readPurpose(headers) ?? UNSTATED;
}
