import { createHash } from 'node:crypto';
import type { SupergraphRelease } from '@tavolo/registry-api';

/** A release of this text; the rest is made up unless given. */
export function createRelease(
  given: Partial<SupergraphRelease> & Pick<SupergraphRelease, 'sdl' | 'sequence'>,
): SupergraphRelease {
  return {
    id: createHash('sha256').update(given.sdl).digest('hex'),
    contract: null,
    issuedAt: '2026-11-22T10:00:00.000Z',
    cause: 'PUBLISHED',
    subgraphs: [],
    ...given,
  };
}
