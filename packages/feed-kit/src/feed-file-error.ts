/** Why a whole file was refused; callers switch on the code, never on the message. */
export type FeedFileErrorCode =
  | 'MISSING_COLUMN'
  | 'WRONG_ENCODING'
  | 'TOO_LARGE'
  | 'ZIP_BOMB'
  | 'TRUNCATED'
  | 'MALFORMED'
  | 'TIMED_OUT';

/** A file that cannot be taken in at all; its message names columns and limits, never a value. */
export class FeedFileError extends Error {
  override readonly name = 'FeedFileError';
  readonly code: FeedFileErrorCode;

  constructor(code: FeedFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
