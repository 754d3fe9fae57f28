import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What a caller can act on; everything else leaves as `INTERNAL_SERVER_ERROR`. */
export type HubErrorCode = 'BAD_USER_INPUT' | 'NOT_FOUND' | 'UNAVAILABLE' | 'FORBIDDEN';

/** An error whose message is meant for the caller: it names fields and rules, never a value of anybody's. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: HubErrorCode;

  constructor(code: HubErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Codes of graphql's and the server's own refusals: their messages speak of the query's text, not of data. */
const requestErrorCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * What leaves in place of an error: a `HubError` as it is; a request's own mistake without the values it quotes;
 * anything else as an id under which the log has it.
 */
export function maskError(error: unknown, logger: FastifyBaseLogger): GraphQLFormattedError {
  const wrapped = error instanceof GraphQLError ? error : undefined;
  const original: unknown = wrapped?.originalError ?? (wrapped ? undefined : error);
  const path = wrapped?.path ? { path: wrapped.path } : {};
  if (original instanceof HubError) {
    return { message: original.message, ...path, extensions: { code: original.code } };
  }
  // Parse and validation errors carry no path and wrap nothing.
  if (wrapped && (hasRequestCode(wrapped) || (!wrapped.path && !isForeign(original)))) {
    const code = hasRequestCode(wrapped) ? String(wrapped.extensions['code']) : 'BAD_REQUEST';
    return { message: withoutQuotedValues(wrapped.message), ...path, extensions: { code } };
  }
  if (isTransportError(original)) {
    return {
      message: 'The request is no GraphQL request this server can read (JSON body with "query")',
      extensions: { code: 'BAD_REQUEST' },
    };
  }
  const errorId = randomUUID();
  logger.error({ errorId, ...describeError(original ?? error) }, 'unexpected error');
  return {
    message: `Something went wrong in this source; its log knows it as ${errorId}`,
    ...path,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}

/** What the log may hold of an error: drivers quote rows in their messages, so the message is left out. */
export function describeError(error: unknown): { type: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { type: typeof error };
  const at = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /u.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(at ? { at } : {}),
  };
}

/** graphql quotes a wrong value in its message: a variable may be about a person, and messages get copied. */
export function withoutQuotedValues(message: string): string {
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

function hasRequestCode(error: GraphQLError): boolean {
  const code: unknown = error.extensions['code'];
  return typeof code === 'string' && requestErrorCodes.has(code);
}

function isForeign(error: unknown): boolean {
  return error instanceof Error && !(error instanceof GraphQLError);
}

/** The HTTP server's refusal of a body: malformed JSON, wrong content type, too large. */
function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}
