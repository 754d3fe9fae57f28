import { registryId } from '@tavolo/access-model';
import { z } from 'zod';
import type { VerifiedToken } from './verified-token.ts';

const name = z.string().min(1).max(200);
const list = z.array(z.string().min(1).max(64)).max(50);
const seconds = z.number().int().min(0).max(99_999_999_999);

/** What the hub reads of an access token (RFC 9068 and the hub's own claims); the rest is left alone. */
export const tokenClaims = z.looseObject({
  iss: z.string().max(500),
  aud: z.union([z.string().max(500), z.array(z.string().max(500)).min(1).max(20)]),
  sub: name,
  client_id: name,
  jti: name,
  iat: seconds,
  exp: seconds,
  nbf: seconds.optional(),
  purposeId: registryId.optional(),
  organisation: z.string().min(1).max(64).optional(),
  roles: list.optional(),
  scope: z.string().max(2_000).optional(),
  districts: list.optional(),
  act: z.looseObject({ sub: name }).optional(),
  cnf: z.looseObject({ jkt: z.string().regex(/^[\w-]{43}$/u) }).optional(),
});
export type TokenClaims = z.infer<typeof tokenClaims>;

/** The same in the hub's words. */
export function verifiedTokenOf(claims: TokenClaims): VerifiedToken {
  return Object.freeze({
    issuer: claims.iss,
    clientId: claims.client_id,
    subject: claims.sub,
    purposeId: claims.purposeId ?? null,
    organisation: claims.organisation ?? null,
    roles: claims.roles ?? null,
    scopes: claims.scope === undefined ? null : claims.scope.split(' ').filter(Boolean),
    districts: claims.districts ?? null,
    expiresAt: new Date(claims.exp * 1000),
    tokenId: claims.jti,
    ...(claims.act === undefined ? {} : { actor: claims.act.sub }),
  });
}
