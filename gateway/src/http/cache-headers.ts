import type { Admission } from '../gate/gate.ts';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import type { GraphqlAnswer } from './graphql-answer.ts';
import { createMaxAgeReader } from './max-age-of.ts';

/** For what nobody may keep: everything that was not asked for by GET and the id of a trusted document. */
export const notKept = 'no-store';

/** Decides who may keep an answer, and how long. */
export type CacheRule = (answered: {
  readonly answer: GraphqlAnswer;
  readonly admission: Admission;
  readonly supergraph: Supergraph;
  /** People in the answer. */
  readonly persons: number;
  readonly hasErrors: boolean;
}) => string;

/**
 * `Cache-Control` for the answer to a GET of a trusted document. A cache that others share keeps none (`private`):
 * answers depend on who asks. Nobody keeps one that holds people, a special category, or errors, so nothing of a
 * person is on a disk it was not put on. Of others the asker's own cache may keep what every owner declares
 * cacheable (`@cacheControl`) for the shortest of their times; with none it asks each time, and is told 304 when
 * nothing has changed.
 */
export function createCacheRule(): CacheRule {
  const maxAgeOf = createMaxAgeReader();
  return ({ answer, admission, supergraph, persons, hasErrors }) => {
    if (answer.kind !== 'answered' || hasErrors || persons > 0) return notKept;
    const seconds = maxAgeOf(supergraph, admission.coordinates);
    if (seconds === undefined) return notKept;
    return seconds === 0 ? 'private, no-cache' : `private, max-age=${seconds}, must-revalidate`;
  };
}
