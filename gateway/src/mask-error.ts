import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/subgraph-kit';
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

/** graphql quotes a wrong value in its message: a variable may be about a person, and messages get copied. */
function withoutQuotedValues(message: string): string {
  return message
    .replace(/ got invalid value .*? at "/su, ' got an invalid value at "')
    .replace(/ got invalid value [^;]*/su, ' got an invalid value')
    .replace(/ cannot represent ([^:]*): .*/su, ' cannot represent $1')
    .replace(
      /(?:Value|Enum) .* does not exist in "([^"]+)" enum.*/su,
      'a value is not in the enum "$1"',
    )
    .replace(/^(Syntax Error: .*?), found .*/su, '$1');
}
