import type { CheckReport } from '@tavolo/registry-api';

/** Every reason why the registry refuses, with its HTTP status and what to do; the README repeats this table. */
export const refusals = {
  UNAUTHENTICATED: [401, 'Send a valid access token for urn:tavolo:registry'],
  FORBIDDEN: [403, 'Ask somebody whose role and organisation may do this'],
  NOT_FOUND: [404, 'Look at the address; what is not yours to see is answered the same'],
  NO_SUCH_VERSION: [
    404,
    'Choose a version that was served once; GET /subgraphs/:name/versions lists them',
  ],
  NOTHING_PUBLISHED: [404, 'Publish the schema of a subgraph first (tavolo subgraph publish)'],
  STATE_CONFLICT: [409, 'Read the entry again and do what its state allows'],
  IN_USE: [409, 'Choose another value, or free it where it is used'],
  OWNERS_CHANGED: [409, 'Submit the purpose again: the data now have other owners'],
  NOT_DEPRECATED: [409, 'Deprecate the subgraph first, so that its consumers have time to leave'],
  GRACE_NOT_OVER: [409, 'Wait until the grace period is over, or ask the hub operator'],
  LAST_SUBGRAPH: [409, 'A graph needs a subgraph: publish another one first'],
  GRAPH_CHANGED: [409, 'Others published at the same time; try again'],
  LIMIT_REACHED: [409, 'Archive or reuse entries; ask the hub operator'],
  VERSION_CONFLICT: [412, 'Read the entry again and send its ETag as If-Match'],
  PAYLOAD_TOO_LARGE: [413, 'Send less than 1 MB; schemas less than 8 MB'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Send application/json'],
  INVALID: [400, 'Correct the fields named in errors'],
  UNKNOWN_COORDINATE: [422, 'Name only fields of the composed supergraph'],
  OWNER_UNKNOWN: [422, 'Ask the hub operator to register the partner that owns the field'],
  RISK_ANALYSIS_REFUSED: [422, 'Correct the answers named in errors'],
  PURPOSE_REFUSED: [422, 'Correct the fields named in errors'],
  SUBGRAPH_UNREGISTERED: [
    422,
    'Ask the hub operator to name the subgraph in its partner (tavolo partner add)',
  ],
  CHECK_REFUSED: [
    422,
    'Change what the report’s findings of severity ERROR name; tavolo explain CODE tells more',
  ],
  SCHEMA_TOO_LARGE: [422, 'Send a smaller schema, or fewer at once'],
  COMPOSITION_FAILED: [
    422,
    'Look for what no other schema does; tell the hub operator when it happened',
  ],
  PRECONDITION_REQUIRED: [428, 'Send the ETag you read as If-Match'],
  COMPOSITION_BUSY: [503, 'Nothing was changed; try again in a few seconds'],
  COMPOSITION_TIMEOUT: [
    503,
    'Nothing was changed; send a smaller schema, or try again when less is going on',
  ],
  TOO_MANY_STREAMS: [503, 'Close a stream, or ask another process of the registry'],
  EVIDENCE_UNAVAILABLE: [503, 'Nothing was changed; try again in a few seconds'],
  UNAVAILABLE: [503, 'Try again in a few seconds'],
} as const satisfies Readonly<Record<string, readonly [status: number, whatToDo: string]>>;

export type RefusalCode = keyof typeof refusals;

/** A field that is wrong, and why; never its value. */
export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

/** Why a request is not done; the message and the fields are meant for whoever sent it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly fields: readonly FieldProblem[];
  /** What a check found, of CHECK_REFUSED. */
  readonly report: CheckReport | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    fields: readonly FieldProblem[] = [],
    report?: CheckReport,
  ) {
    super(message);
    this.report = report;
    this.code = code;
    this.fields = fields;
  }
}
