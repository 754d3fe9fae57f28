import { GraphQLError } from 'graphql';
import type { PublicError } from './subgraph-answer.ts';

/**
 * A list of subgraph errors for `@apollo/gateway`'s executor, which takes them by `map` to give each its
 * path in the client's answer. The results go to `collected` and the executor gets none: as soon as it
 * holds one error it keeps silent about every value it nulled because of its type.
 */
export function collectErrors(
  errors: readonly PublicError[],
  collected: GraphQLError[],
): PublicError[] {
  const list = [...errors];
  return Object.defineProperty(list, 'map', {
    value: (withPath: (error: PublicError, index: number) => unknown) => {
      for (const [index, error] of errors.entries()) {
        const located = withPath(error, index);
        if (located instanceof GraphQLError) collected.push(located);
      }
      return [];
    },
  });
}
