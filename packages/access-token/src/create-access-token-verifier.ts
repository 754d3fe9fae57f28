import { errors, jwtVerify } from 'jose';
import { AccessTokenError, type AccessTokenErrorCode } from './access-token-error.ts';
import { type AccessTokenVerifierOptions, readVerifierOptions } from './access-token-options.ts';
import { createDpopProofCheck } from './dpop-proof.ts';
import { createIssuerKeys, type IssuerKeys, type KeySnapshot } from './issuer-keys.ts';
import { openJws } from './open-jws.ts';
import { type Credentials, type HeaderValue, readAuthorization } from './read-authorization.ts';
import { type TokenClaims, tokenClaims, verifiedTokenOf } from './token-claims.ts';
import type { VerifiedToken } from './verified-token.ts';
import {
  type CachedToken,
  createVerifiedTokenCache,
  digestOfToken,
} from './verified-token-cache.ts';

/** What of a request says who sent it. */
export interface TokenRequest {
  readonly authorization: HeaderValue;
  readonly dpop?: HeaderValue;
  /** In capitals, as Node gives it. */
  readonly method: string;
  /** As the client sees it, scheme and host included: a DPoP proof names it. */
  readonly url: string;
}

export interface AccessTokenVerifier {
  /** Who asks; rejects with {@link AccessTokenError} and with nothing else. */
  verify(request: TokenRequest): Promise<VerifiedToken>;
}

const requiredClaims = ['exp', 'iat', 'aud', 'iss', 'sub', 'client_id', 'jti'];

/** Verifies JWT access tokens (RFC 9068) of several issuers, bearer or bound to a key (RFC 9449). */
export function createAccessTokenVerifier(
  options: AccessTokenVerifierOptions,
): AccessTokenVerifier {
  const settings = readVerifierOptions(options);
  const { now, audience, algorithms, clockToleranceSeconds } = settings;
  const issuers: ReadonlyMap<string, IssuerKeys> = new Map(
    settings.issuers.map(({ issuer, jwksUrl }) => [
      issuer,
      createIssuerKeys({ issuer, jwksUrl, rotation: settings.rotation, now }),
    ]),
  );
  const cache = createVerifiedTokenCache(now, settings.maxCachedTokens);
  const checkProof = createDpopProofCheck({ algorithms, clockToleranceSeconds, now });

  /** Signature and the claims `jose` knows; the rest of the claims is ours. */
  async function claimsOf(token: string, issuer: string, keys: KeySnapshot): Promise<TokenClaims> {
    const { payload } = await jwtVerify(token, keys.findKey, {
      algorithms,
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims,
      clockTolerance: clockToleranceSeconds,
      currentDate: now(),
    });
    const claims = tokenClaims.safeParse(payload).data ?? refuse('TOKEN_INVALID', 'claims');
    const nowSeconds = now().getTime() / 1000;
    if (claims.iat > nowSeconds + clockToleranceSeconds) refuse('TOKEN_INVALID', 'iat ahead');
    if (claims.exp - claims.iat > settings.maxLifetimeSeconds) {
      refuse('TOKEN_INVALID', 'lives too long');
    }
    if (settings.requirePurpose && claims.purposeId === undefined) {
      refuse('TOKEN_INVALID', 'no purpose');
    }
    return claims;
  }

  async function verifyAnew(token: string, digest: string): Promise<CachedToken> {
    const opened = openJws(token, { mayBringKey: false }) ?? refuse('TOKEN_INVALID', 'form');
    // Before anything is fetched or computed: most of what is sent by mistake ends here.
    if (!algorithms.some((known) => known === opened.header.alg)) {
      refuse('TOKEN_INVALID', 'algorithm');
    }
    const issuer = String(opened.payload['iss']);
    const issuerKeys = issuers.get(issuer) ?? refuse('TOKEN_INVALID', 'issuer');
    let keys = issuerKeys.fresh() ?? (await issuerKeys.current());
    if (keys === null) refuse('ISSUER_UNAVAILABLE', 'keys');
    let claims: TokenClaims;
    try {
      claims = await claimsOf(token, issuer, keys);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      keys = (await issuerKeys.newerThan(keys)) ?? refuse('TOKEN_INVALID', 'key');
      claims = await claimsOf(token, issuer, keys);
    }
    const entry: CachedToken = {
      token: verifiedTokenOf(claims),
      boundTo: claims.cnf?.jkt ?? null,
      keys,
      issuerKeys,
      untilMs: (claims.exp + clockToleranceSeconds) * 1000,
    };
    cache.set(digest, entry);
    return entry;
  }

  async function verifyFully(
    { scheme, token }: Credentials,
    digest: string,
    known: CachedToken | null,
    { dpop, method, url }: TokenRequest,
  ): Promise<VerifiedToken> {
    try {
      const entry = known ?? (await verifyAnew(token, digest));
      if (entry.boundTo === null) {
        if (scheme === 'DPoP') refuse('DPOP_INVALID', 'a token that is bound to no key');
        return entry.token;
      }
      if (scheme === 'Bearer') refuse('DPOP_INVALID', 'a bound token as bearer');
      await checkProof({ dpop, method, url, token, thumbprint: entry.boundTo });
      return entry.token;
    } catch (error) {
      throw accessTokenErrorOf(error);
    }
  }

  return {
    verify(request) {
      let credentials: Credentials;
      try {
        credentials = readAuthorization(request.authorization);
      } catch (error) {
        return Promise.reject(accessTokenErrorOf(error));
      }
      const digest = digestOfToken(credentials.token);
      const known = cache.get(digest);
      // The road of nearly every request: one digest and one look.
      if (known?.boundTo === null && credentials.scheme === 'Bearer') {
        return Promise.resolve(known.token);
      }
      return verifyFully(credentials, digest, known, request);
    },
  };
}

function refuse(code: AccessTokenErrorCode, check: string): never {
  throw new AccessTokenError(code, check);
}

/** Others' errors quote what they stumbled on. */
function accessTokenErrorOf(error: unknown): AccessTokenError {
  if (error instanceof AccessTokenError) return error;
  if (error instanceof errors.JWTExpired) return new AccessTokenError('TOKEN_EXPIRED', 'exp');
  const check = error instanceof errors.JOSEError ? error.code : 'unexpected';
  return new AccessTokenError('TOKEN_INVALID', check);
}
