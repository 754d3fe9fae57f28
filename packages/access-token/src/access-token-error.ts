/** Why nobody is known to ask; the gateway answers the first four with 401 and the last with 503. */
export type AccessTokenErrorCode =
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'TOKEN_EXPIRED'
  | 'DPOP_INVALID'
  | 'ISSUER_UNAVAILABLE';

/** What may be said of each to whoever sent it: nothing that was in it, and not which check it failed. */
const messages: Readonly<Record<AccessTokenErrorCode, string>> = {
  TOKEN_MISSING:
    'No access token came with the request; log in and send it as "authorization: Bearer …".',
  TOKEN_INVALID:
    'The access token is none that the hub accepts; ask your identity provider for one for this hub.',
  TOKEN_EXPIRED: 'The access token has expired; log in again or refresh it.',
  DPOP_INVALID:
    'The access token is bound to a key and its DPoP proof is missing, used before, or for another request; send a new proof with each request.',
  ISSUER_UNAVAILABLE:
    'The keys of the identity provider cannot be had at the moment; try again in a few seconds.',
};

/** A request whose sender is not known; the message may be shown. */
export class AccessTokenError extends Error {
  override readonly name = 'AccessTokenError';
  readonly code: AccessTokenErrorCode;
  /** Which check refused it, in fixed words for the log: never a value of the token. */
  readonly check: string;

  constructor(code: AccessTokenErrorCode, check: string) {
    super(messages[code]);
    this.code = code;
    this.check = check;
  }
}
