import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose';
import { z } from 'zod';
import { AccessTokenError } from './access-token-error.ts';
import { openJws } from './open-jws.ts';
import { type HeaderValue, maxTokenBytes } from './read-authorization.ts';
import { createReplayMemory } from './replay-memory.ts';

/** A proof holds for so long after it was made. */
const maxAgeSeconds = 60;
const maxRememberedProofs = 100_000;

const proofClaims = z.looseObject({
  htm: z.string(),
  htu: z.url(),
  iat: z.number(),
  jti: z.string().min(1).max(200),
  ath: z.string(),
});

const publicJwk = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']) })
  // A proof that gives its private key away proves nothing.
  .refine((jwk) => !Object.hasOwn(jwk, 'd'));

export interface DpopProofOptions {
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly now: () => Date;
}

/** One request that must come from whoever holds the key of the token. */
export interface ProvenRequest {
  readonly dpop: HeaderValue;
  readonly method: string;
  readonly url: string;
  readonly token: string;
  /** The thumbprint of the key, the token's `cnf.jkt`. */
  readonly thumbprint: string;
}

/** Checks DPoP proofs (RFC 9449, 4.3), each good for one request; rejects with `DPOP_INVALID`. */
export function createDpopProofCheck(
  options: DpopProofOptions,
): (request: ProvenRequest) => Promise<void> {
  const { algorithms, clockToleranceSeconds, now } = options;
  const proofs = createReplayMemory(now, maxRememberedProofs);
  return async (request) => {
    const proof = onlyProof(request.dpop);
    const opened = proof.length > maxTokenBytes ? null : openJws(proof, { mayBringKey: true });
    if (opened === null || opened.header.typ.toLowerCase() !== 'dpop+jwt') refuse('form');
    const claims = proofClaims.safeParse(opened.payload).data ?? refuse('claims');
    const key = publicJwk.safeParse(opened.header['jwk']).data ?? refuse('key');

    const ageSeconds = now().getTime() / 1000 - claims.iat;
    if (ageSeconds > maxAgeSeconds || ageSeconds < -clockToleranceSeconds) refuse('time');
    if (claims.htm !== request.method) refuse('method');
    if (addressOf(claims.htu) !== addressOf(request.url)) refuse('url');
    if (claims.ath !== sha256(request.token)) refuse('token');
    const thumbprint = await calculateJwkThumbprint(key).catch(() => refuse('key'));
    if (thumbprint !== request.thumbprint) refuse('another key');
    await compactVerify(proof, EmbeddedJWK, { algorithms: [...algorithms] }).catch(() =>
      refuse('signature'),
    );
    const untilMs = (claims.iat + maxAgeSeconds) * 1000 + 1;
    if (!proofs.use(sha256(`${thumbprint} ${claims.jti}`), untilMs)) refuse('used before');
  };
}

function refuse(what: string): never {
  throw new AccessTokenError('DPOP_INVALID', `proof: ${what}`);
}

function onlyProof(header: HeaderValue): string {
  const values = typeof header === 'string' ? [header] : (header ?? []);
  const [proof] = values;
  if (proof === undefined || values.length > 1) refuse('one proof is needed');
  return proof;
}

/** Without query and fragment, in one writing (RFC 9449, 4.3, 9). */
function addressOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
