import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/process-kit';
import { withoutQuotedValues } from '@tavolo/subgraph-kit/errors';
import type { GraphQLFormattedError } from 'graphql';
import { isRequestCode } from './error-codes.ts';

/**
 * What leaves the gateway in place of an error of its own: a refusal of the question as it is, anything
 * else as `INTERNAL_SERVER_ERROR` with an id the log knows. Errors of subgraphs never come this way.
 */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const place = {
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
  };
  const code = formatted.extensions?.['code'];
  if (isRequestCode(code)) {
    return { message: withoutQuotedValues(formatted.message), ...place, extensions: { code } };
  }
  const errorId = randomUUID();
  logger.error({ err: originalOf(error), errorId }, 'unexpected error');
  return {
    message: `Something went wrong in the gateway; its log knows it as ${errorId}`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}

function originalOf(error: unknown): unknown {
  return error instanceof Error && 'originalError' in error && error.originalError
    ? error.originalError
    : error;
}
