/** What a caller can act on; everything else is masked as `INTERNAL_SERVER_ERROR`. */
export const hubErrorCodes = [
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'UNAVAILABLE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PAYLOAD_TOO_LARGE',
] as const;

export type HubErrorCode = (typeof hubErrorCodes)[number];

/** An error whose message is meant for the caller: it names fields and rules, never a value. */
export class HubError extends Error {
  readonly code: HubErrorCode;

  constructor(code: HubErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HubError';
    this.code = code;
  }
}
