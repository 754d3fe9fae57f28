import type { UnavailableReason } from './sources.ts';

/** A subgraph call that gave no usable answer; carries nothing of what the subgraph sent. */
export class SubgraphFailure extends Error {
  readonly outcome: 'UNAVAILABLE' | 'DENIED';
  readonly reason: UnavailableReason;
  /** Whether asking once more, at once, has a chance: connection failures and 502, 503, 504. */
  readonly retriable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: UnavailableReason,
    options: {
      readonly retriable?: boolean;
      readonly denied?: boolean;
      readonly retryAfterSeconds?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(reason, { cause: options.cause });
    this.name = 'SubgraphFailure';
    this.reason = reason;
    this.outcome = options.denied === true ? 'DENIED' : 'UNAVAILABLE';
    this.retriable = options.retriable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What a reader of the answer is told for each reason. */
export const failureMessages: Readonly<Record<UnavailableReason, string>> = {
  ADDRESS_REFUSED: 'has an address that the hub does not connect to',
  CONNECTION_FAILED: 'could not be reached',
  TIMEOUT: 'did not answer in time',
  CIRCUIT_OPEN: 'has been failing and is not being asked for a while',
  BUSY: 'has too many questions waiting',
  BAD_STATUS: 'answered with an HTTP error',
  REDIRECTED: 'answered with a redirect, which is never followed',
  NOT_JSON: 'answered with something that is not JSON',
  SUSPENDED: 'is suspended in the registry',
  TOO_LARGE: 'answered with more than the gateway accepts',
  INVALID_ANSWER: 'gave an answer that is not a GraphQL answer',
  CANCELLED: 'was not asked to the end, since the question was cancelled',
  SCHEMA_MISMATCH:
    'does not know what its published schema says: its server and the registry differ',
  REPORTED_BY_SOURCE: 'says it cannot answer now',
};
