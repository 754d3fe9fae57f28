export { AccessTokenError, type AccessTokenErrorCode } from './access-token-error.ts';
export type { AccessTokenVerifierOptions, TrustedIssuer } from './access-token-options.ts';
export {
  type AccessTokenVerifier,
  createAccessTokenVerifier,
  type TokenRequest,
} from './create-access-token-verifier.ts';
export type { HeaderValue } from './read-authorization.ts';
export type { VerifiedToken } from './verified-token.ts';
