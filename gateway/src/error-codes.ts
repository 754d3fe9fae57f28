import { hubErrorCodes } from '@tavolo/subgraph-kit';

/** What each code in an answer's `errors[].extensions.code` means; the README prints this table. */
export const errorCodes = {
  BAD_REQUEST: 'The HTTP request is not a GraphQL request: malformed JSON, no `query`, batching.',
  GRAPHQL_PARSE_FAILED: 'The query text is not GraphQL, or has more tokens than allowed.',
  GRAPHQL_VALIDATION_FAILED: 'The query asks for something the schema does not have.',
  OPERATION_RESOLUTION_FAILURE:
    'The document has several operations and `operationName` names none of them.',
  QUERY_TOO_COSTLY:
    'The query goes past a limit (depth, aliases, directives, fields); it was not run.',
  BAD_USER_INPUT: 'A variable or an argument has a value that is not allowed.',
  PAYLOAD_TOO_LARGE: 'The request body, or what a source was asked for, is too large.',
  UNAUTHENTICATED: 'A source does not know who is asking.',
  FORBIDDEN: 'A source knows who is asking and does not answer.',
  NOT_FOUND: 'A source has no such thing.',
  UNAVAILABLE:
    'A source could not answer: `subgraph` names it, `reason` says how, `retryAfterSeconds` when to ask again. Only its fields are `null`.',
  INVALID_VALUE:
    "A source gave a value that is not of the schema's type (or `null` where the schema forbids it); the gateway replaced it with `null`.",
  INTERNAL_SERVER_ERROR: 'A defect. `errorId` is what the log knows it by.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Codes of the gateway's own refusals, whose messages speak of the query's text and not of data. */
const requestCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_COSTLY',
  'BAD_USER_INPUT',
  'PAYLOAD_TOO_LARGE',
]);

const subgraphCodes: ReadonlySet<string> = new Set(hubErrorCodes);

/** Whether an error raised by the gateway itself may show its message. */
export function isRequestCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && requestCodes.has(code);
}

/** Whether an error raised by a subgraph may show its message: the allow-list is `HubError`'s codes. */
export function isSubgraphCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && subgraphCodes.has(code);
}
