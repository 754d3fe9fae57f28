import { hubErrorCodes } from '@tavolo/subgraph-kit/errors';

/** What each code in an answer's `errors[].extensions.code` means, and what to do; the README prints this table. */
export const errorCodes = {
  BAD_REQUEST: {
    meaning: 'The HTTP request is not a GraphQL request: malformed JSON, no `query`, batching.',
    advice: 'Send one JSON object with `query` or `documentId`, as application/json.',
  },
  GRAPHQL_PARSE_FAILED: {
    meaning: 'The query text is not GraphQL, or has more tokens than allowed.',
    advice: 'Correct the text; the explorer shows where it breaks.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    meaning: 'The query does not fit the part of the schema that its purpose may read.',
    advice: 'Compare the query with the schema, as introspection shows it to this caller.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    meaning: 'The document has several operations and `operationName` names none of them.',
    advice: 'Send `operationName`, or one operation only.',
  },
  QUERY_TOO_COSTLY: {
    meaning:
      "The query goes past a limit of its purpose's class (tokens, depth, aliases, directives, root fields, breadth, fields, cost); it was not run.",
    advice: 'Ask for less at a time: fewer fields, smaller `first`, several questions.',
  },
  BAD_USER_INPUT: {
    meaning: 'A variable or an argument has a value that is not allowed.',
    advice: 'Correct the value; the message names its place.',
  },
  PAYLOAD_TOO_LARGE: {
    meaning: 'The request body, what a source was asked for, or the answer itself is too large.',
    advice: 'Ask for less at a time.',
  },
  UNAUTHENTICATED: {
    meaning: 'Nobody known is asking: `reason` says what is wrong with the access token.',
    advice: 'Log in again (`npx tavolo login`, or the explorer) and send the token.',
  },
  PURPOSE_REFUSED: {
    meaning: 'The registry has no purpose in force for this token: `reason` says why.',
    advice: 'Ask your privacy officer, who sees the purpose in the registry.',
  },
  DOCUMENT_NOT_TRUSTED: {
    meaning: 'The purpose, or the role, runs only documents of the manifest, and this is none.',
    advice: 'Send the `documentId` of a trusted document, or have this one added.',
  },
  FORBIDDEN: {
    meaning:
      'The purpose does not read the `coordinate` that is named, or there is no such field; or a source does not answer this caller.',
    advice: 'Leave the field out, or have it added to the purpose and approved by its owner.',
  },
  RATE_LIMITED: {
    meaning: 'The consumer has asked more than its share of this minute, counted in cost.',
    advice: 'Wait as long as `Retry-After` says.',
  },
  QUOTA_EXHAUSTED: {
    meaning: "The purpose has used its day's quota, counted in cost.",
    advice: 'Wait for the next day (UTC), or have the quota raised in the registry.',
  },
  REGISTRY_UNAVAILABLE: {
    meaning: 'The registry has not been heard for longer than its last state may be used.',
    advice: 'Try again later; the hub has been told.',
  },
  NO_SUPERGRAPH: {
    meaning: 'The gateway has no graph yet: the registry has published none that it could take.',
    advice: 'Try again in a few seconds; if it stays so, have the subgraphs published.',
  },
  ISSUER_UNAVAILABLE: {
    meaning: 'The identity provider that signed the token does not give its keys.',
    advice: 'Try again in a few seconds.',
  },
  EVIDENCE_UNAVAILABLE: {
    meaning: 'The evidence of this question could not be kept, so it was not answered.',
    advice: 'Try again later; the hub has been told.',
  },
  NOT_FOUND: { meaning: 'A source has no such thing.', advice: 'Check the reference.' },
  UNAVAILABLE: {
    meaning:
      'A source could not answer: `subgraph` names it, `reason` says how, `retryAfterSeconds` when to ask again. Only its fields are `null`.',
    advice: 'Use the rest of the answer, and ask again later.',
  },
  INVALID_VALUE: {
    meaning:
      "A source gave a value that is not of the schema's type (or `null` where the schema forbids it); the gateway replaced it with `null`.",
    advice: 'Tell the institution that answers for the field.',
  },
  UNRESOLVED: {
    meaning:
      'A field was asked for and could not be had: no source gave it, or something it is computed from is missing.',
    advice: 'Use the rest of the answer, and tell the institution that answers for the field.',
  },
  INTERNAL_SERVER_ERROR: {
    meaning: 'A defect. `errorId` is what the log knows it by.',
    advice: 'Report the errorId to whoever runs the hub.',
  },
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

/** Whether this is a code of the table. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
