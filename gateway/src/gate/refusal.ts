import type { ErrorCode } from '../error-codes.ts';

/** Why the gate does not let a request pass: what the answer, the log and the evidence say of it. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 406 | 413 | 415 | 429 | 500 | 503;
  readonly code: ErrorCode;
  /** Names what the code leaves open, such as `TOKEN_EXPIRED`. */
  readonly reason?: string;
  /** The schema coordinate that was refused. */
  readonly coordinate?: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}
