import type { CodeRows } from './explained-code.ts';

/** `errors[].extensions.code` of the graph's answers; a test holds them against the gateway's own list. */
export const gatewayCodes: CodeRows = {
  BAD_REQUEST: [
    'The HTTP request is not a GraphQL request.',
    'Malformed JSON, neither query nor documentId, or several requests in one.',
    'Send one JSON object with query or documentId, as application/json.',
  ],
  GRAPHQL_PARSE_FAILED: [
    'The query text is not GraphQL.',
    'A bracket or a name is wrong, or it has more tokens than allowed.',
    'Correct the text; the explorer shows where it breaks.',
  ],
  GRAPHQL_VALIDATION_FAILED: [
    'The query does not fit the part of the graph that its purpose may read.',
    'A field is misspelt or was taken out of the graph, an argument is missing, or data and the schema were asked for in one operation.',
    'Compare it with the schema as introspection shows it to this caller.',
  ],
  OPERATION_RESOLUTION_FAILURE: [
    'It is not clear which operation is meant.',
    'The document has several, and operationName names none of them.',
    'Send operationName, or one operation only.',
  ],
  QUERY_TOO_COSTLY: [
    'The query goes past a limit of its purpose’s class; it was not run.',
    'Its tokens, depth, aliases, breadth, or its cost by @cost and @listSize.',
    'Ask for less at a time: fewer fields, a smaller first, several questions.',
  ],
  BAD_USER_INPUT: [
    'A variable or an argument has a value that is not allowed.',
    'Its type, its form or its bounds.',
    'Correct the value; the message names its place, never the value.',
  ],
  PAYLOAD_TOO_LARGE: [
    'The request, what a source was asked for in one go, or the answer is too large.',
    'Bodies, lists of keys and answers are bounded; path says where an answer became too long.',
    'Ask for less at a time.',
  ],
  UNAUTHENTICATED: [
    'Nobody known is asking; reason says what is wrong with the token.',
    'It is missing, expired, of another issuer or audience, or its DPoP proof is wrong.',
    'tavolo login, or log in to the explorer again. tavolo explain REASON tells more.',
  ],
  PURPOSE_REFUSED: [
    'The registry has no purpose in force for this token; reason says why.',
    'It is unknown, suspended, over, not yet valid, or for other roles.',
    'Ask your privacy officer, who sees it: tavolo purpose show ID.',
  ],
  DOCUMENT_NOT_TRUSTED: [
    'The purpose runs documents of the hub’s manifest only, and this is none of them, or none that fits the graph in force.',
    'The text differs, or a schema that it asks for was changed or taken out.',
    'tavolo run --list names the documents. Have it added, or use one that is there.',
  ],
  FORBIDDEN: [
    'The purpose does not read the field that coordinate names; or a source does not answer this caller.',
    'The field is not among the purpose’s coordinates, its special category was not granted, or it does not exist: the answer is the same.',
    'Leave it out, or have it added: tavolo purpose add-fields ID COORDINATE; its owner approves.',
  ],
  RATE_LIMITED: [
    'The organisation has asked more than its share of this minute.',
    'Counted in cost, over all of its clients.',
    'Wait as long as Retry-After says.',
  ],
  QUOTA_EXHAUSTED: [
    'The purpose has used up its day.',
    'Its dailyQuota in the registry, counted in cost.',
    'Wait for the next day (UTC), or have the quota raised in the registry.',
  ],
  REGISTRY_UNAVAILABLE: [
    'The gateway has not heard the registry for longer than its last word may be used.',
    'The registry is down, or the network between them is cut.',
    'Try again later; the operator has been told. Nothing is answered without knowing who may ask.',
  ],
  ISSUER_UNAVAILABLE: [
    'The identity provider does not give the keys that its tokens are checked with.',
    'It is down or unreachable for the hub.',
    'Try again in a few seconds.',
  ],
  EVIDENCE_UNAVAILABLE: [
    'The evidence of this question could not be kept, so it was not answered.',
    'The disk of the evidence log is full, slow or gone.',
    'Try again later; the operator has been told.',
  ],
  NOT_FOUND: [
    'A source has no such thing.',
    'The reference is old, or of another institution.',
    'Ask for it anew where the reference came from.',
  ],
  UNAVAILABLE: [
    'A source could not answer; only its fields are null.',
    'subgraph names it, reason says how, retryAfterSeconds when to ask again.',
    'Use the rest of the answer, and ask again later. tavolo explain REASON tells more.',
  ],
  INVALID_VALUE: [
    'A source gave a value that is not of its schema’s type, and the gateway put null in its place.',
    'The institution’s server does not match the schema it published: a changed export, a null where there is never one.',
    'Tell the institution; it finds the place with tavolo subgraph conformance URL.',
  ],
  UNRESOLVED: [
    'A field was asked for and could not be had, so that it is null.',
    'No source gave it: a server left it out of its answer, or something that it is computed from is missing.',
    'Use the rest of the answer; the institution that answers for the field finds the place with tavolo subgraph conformance URL.',
  ],
  NO_SUPERGRAPH: [
    'The gateway has no graph yet.',
    'The registry has published none that the gateway could take, and the gateway keeps none from before.',
    'Try again in a few seconds; if it stays so, have the subgraphs published: tavolo subgraph list.',
  ],
  INTERNAL_SERVER_ERROR: [
    'A defect of the hub; errorId is what its log knows it by.',
    'Something that was not foreseen.',
    'Report the errorId to whoever runs the hub.',
  ],
};

/** `reason` beside UNAUTHENTICATED. */
export const tokenReasons: CodeRows = {
  TOKEN_MISSING: [
    'No access token came with the request.',
    'The header authorization is missing, or a proxy took it away.',
    'Send it: authorization: Bearer $(tavolo token).',
  ],
  TOKEN_INVALID: [
    'The token is none that the hub accepts.',
    'It is of another issuer, for another audience (graph and registry take different ones), signed with an unknown key, or damaged.',
    'tavolo login, with --resource registry for the registry.',
  ],
  TOKEN_EXPIRED: [
    'The token has expired.',
    'It was kept longer than it holds; or the clock of this machine or of the issuer is wrong (tavolo doctor compares them).',
    'tavolo token renews it.',
  ],
  DPOP_INVALID: [
    'The token is bound to a key, and the proof that one has it is missing, old, used before, or for another request.',
    'The client sends no DPoP header, or signs for another method or address than the hub sees.',
    'Send a new proof with each request; behind a proxy, the hub’s PUBLIC_URL must be the address that clients use.',
  ],
};

/** `reason` beside BAD_REQUEST. */
export const requestReasons: CodeRows = {
  OTHER_SITE: [
    'The request could be one that another site made a browser send.',
    'A GET without a header that only a page of one’s own can set.',
    'Ask by POST as application/json, or send the header graphql-require-preflight: true.',
  ],
};

/** `reason` beside PURPOSE_REFUSED. */
export const purposeReasons: CodeRows = {
  UNKNOWN: [
    'The registry knows no such purpose for this client.',
    'It does not exist, belongs to another organisation, or the client is not registered: all three are answered alike.',
    'tavolo purpose list shows your own; ask the hub operator about the client.',
  ],
  SUSPENDED: [
    'Somebody stopped the purpose or the organisation.',
    'The consumer itself, an owner of the data, or the hub; the message says who and why.',
    'Only the side that stopped it resumes it.',
  ],
  NOT_YET_VALID: [
    'The purpose holds from a later day.',
    'Its validFrom in the registry.',
    'Wait for that day, or have its dates changed and approved.',
  ],
  EXPIRED: [
    'The purpose is over.',
    'Its validUntil in the registry; none holds for more than three years.',
    'A privacy officer drafts a new version, and the owners approve it.',
  ],
  ROLE: [
    'The purpose is for other roles than the token has.',
    'The login gave a role that the purpose, or the registered client, does not have.',
    'Log in for a purpose of your role: tavolo login --purpose ID.',
  ],
};

/** `reason` beside UNAVAILABLE, and in `extensions.sources`. */
export const sourceReasons: CodeRows = {
  CONNECTION_FAILED: [
    'The institution’s server could not be reached.',
    'It is down, its name does not resolve, a firewall is in between, or its certificate is not accepted.',
    'The institution runs tavolo doctor; the operator looks at the address in tavolo subgraph show NAME.',
  ],
  TIMEOUT: [
    'The institution’s server did not answer in time.',
    'Its database is slow, or it asks its back end once for each key.',
    'Ask for less; the institution tries tavolo subgraph conformance URL, which measures 1,000 keys in one call.',
  ],
  CIRCUIT_OPEN: [
    'The server has been failing and is not asked for a while.',
    'Several calls in a row failed.',
    'It is tried again by itself; retryAfterSeconds says when.',
  ],
  BUSY: [
    'Too many questions wait for this server.',
    'It answers more slowly than it is asked.',
    'Ask again later.',
  ],
  BAD_STATUS: [
    'The server answered with an HTTP error.',
    'A proxy in front of it, a wrong path, or a failure before GraphQL.',
    'The institution looks at its log; the path must be the one of its GraphQL endpoint.',
  ],
  REDIRECTED: [
    'The server answered with a redirect, which is never followed.',
    'Questions about people go to the address that was published and nowhere else.',
    'Publish the address itself: tavolo subgraph publish --url.',
  ],
  NOT_JSON: [
    'The server answered with something that is not JSON.',
    'An error page of a proxy or of a framework.',
    'The institution lets its server answer JSON for every failure.',
  ],
  TOO_LARGE: [
    'The server answered with more than the gateway accepts.',
    'A list without a bound.',
    'Ask for less; the institution bounds its lists (first, at most 100).',
  ],
  INVALID_ANSWER: [
    'The server answered JSON that is not a GraphQL answer.',
    'Neither data nor errors in it, or of another form.',
    'The institution tries tavolo subgraph conformance URL.',
  ],
  CANCELLED: [
    'The question was cancelled before this server had answered.',
    'Who asked went away, or the time of the whole question was over.',
    'Ask for less, or wait longer.',
  ],
  REPORTED_BY_SOURCE: [
    'The server itself says that it cannot answer now.',
    'Its feed or its database is away.',
    'Ask again later; the institution knows.',
  ],
  SUSPENDED: [
    'The institution is suspended in the registry.',
    'It, or the hub, stopped it: tavolo partner list says who and why.',
    'Whoever suspended it resumes it: tavolo partner resume NAME.',
  ],
  ADDRESS_REFUSED: [
    'The server’s name leads to an address that the hub does not connect to.',
    'It resolves to this machine, to a private network or to a link-local address that the operator did not allow.',
    'Publish a public address (tavolo subgraph publish --url), or ask the operator to add the network to ROUTING_ALLOWED_NETWORKS.',
  ],
  SCHEMA_MISMATCH: [
    'The server does not know a field of the schema that its institution published.',
    'It runs an older or a newer version than the one in the registry.',
    'The institution deploys the server that fits, or publishes the schema it has: tavolo subgraph publish, tavolo subgraph rollback.',
  ],
};
