import { randomUUID } from 'node:crypto';
import type { Logger } from '@tavolo/process-kit';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { HubError } from './hub-error.ts';
import { withoutQuotedValues } from './without-quoted-values.ts';

/** Codes of graphql's and the servers' own refusals: their messages speak of the query's text, not of data. */
const requestErrorCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What leaves a subgraph in place of an error: a `HubError` as it is; a request's own mistake as it is;
 * anything else as `INTERNAL_SERVER_ERROR` with an id under which the log has the original.
 */
export function maskUnknownError(error: unknown, logger: Logger): GraphQLFormattedError {
  const wrapped = error instanceof GraphQLError ? error : undefined;
  const original = wrapped?.originalError ?? (wrapped ? undefined : error);
  const place = {
    ...(wrapped?.path ? { path: wrapped.path } : {}),
    ...(wrapped?.locations ? { locations: wrapped.locations } : {}),
  };
  if (original instanceof HubError) {
    return { message: original.message, ...place, extensions: { code: original.code } };
  }
  if (wrapped && isRequestError(wrapped, original)) {
    return {
      message: withoutQuotedValues(wrapped.message),
      ...place,
      extensions: { code: requestCode(wrapped) },
    };
  }
  if (isTransportError(original)) {
    return {
      message: 'The request is not a GraphQL request this server can read (JSON body with "query")',
      extensions: { code: 'BAD_REQUEST' },
    };
  }
  const errorId = randomUUID();
  logger.error({ err: original ?? error, errorId }, 'unexpected error');
  return {
    message: `Something went wrong in this source; its log knows it as ${errorId}`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}

/** The HTTP server's refusal of a body: malformed JSON, wrong content type, too large. */
function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500;
}

function isRequestError(error: GraphQLError, original: unknown): boolean {
  const code = codeOf(error);
  if (typeof code === 'string' && requestErrorCodes.has(code)) return true;
  // Parse and validation errors carry no path and wrap nothing; Mercurius gives them no code.
  return (
    error.path === undefined && !(original instanceof Error && !(original instanceof GraphQLError))
  );
}

/** Compiled queries (graphql-jit) raise errors without extensions, whatever the type says. */
function codeOf({ extensions }: Partial<Pick<GraphQLError, 'extensions'>>): unknown {
  return extensions?.['code'];
}

function requestCode(error: GraphQLError): string {
  const code = codeOf(error);
  return typeof code === 'string' && requestErrorCodes.has(code) ? code : 'BAD_REQUEST';
}
