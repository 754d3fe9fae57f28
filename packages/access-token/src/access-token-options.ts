import { z } from 'zod';
import { isTrustworthyAddress } from './issuer-address.ts';
import type { KeyRotation } from './issuer-keys.ts';

/** Who may sign tokens for this hub. */
export interface TrustedIssuer {
  /** Exactly as in the tokens' `iss`. */
  readonly issuer: string;
  /** Where its keys are; without it the issuer is asked (OpenID Connect Discovery). */
  readonly jwksUrl?: string;
}

export interface AccessTokenVerifierOptions {
  readonly issuers: readonly TrustedIssuer[];
  /** What this hub is called in the tokens' `aud`. */
  readonly audience: string;
  /** ES256, RS256, PS256 and EdDSA unless told; `none` and the HMAC ones cannot be told. */
  readonly algorithms?: readonly string[];
  /** From `iat` to `exp` at the most: 24 hours unless told. */
  readonly maxLifetimeSeconds?: number;
  /** How far clocks may disagree: 5 seconds unless told. */
  readonly clockToleranceSeconds?: number;
  /** Whether a token must say what it is for. */
  readonly requirePurpose: boolean;
  readonly rotation?: Partial<KeyRotation>;
  /** 10,000 unless told. */
  readonly maxCachedTokens?: number;
  readonly now: () => Date;
}

const address = z.url().refine((text) => isTrustworthyAddress(new URL(text)), {
  error: 'must be https, or http on this machine, without user name, password or fragment',
});
const duration = z.number().int().min(1).max(86_400_000);

const shape = z.object({
  issuers: z
    .array(z.object({ issuer: address, jwksUrl: address.optional() }))
    .min(1)
    .max(20),
  audience: z.string().min(1).max(500),
  algorithms: z
    .array(z.enum(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'PS384', 'PS512', 'EdDSA']))
    .min(1)
    .default(['ES256', 'RS256', 'PS256', 'EdDSA']),
  maxLifetimeSeconds: z.number().int().min(1).max(86_400).default(86_400),
  clockToleranceSeconds: z.number().int().min(0).max(60).default(5),
  requirePurpose: z.boolean(),
  rotation: z
    .object({
      cooldownMs: duration.default(5_000),
      freshMs: duration.default(60_000),
      maxAgeMs: duration.default(300_000),
    })
    .prefault({})
    .refine(({ freshMs, maxAgeMs }) => freshMs <= maxAgeMs, {
      error: 'freshMs must not be above maxAgeMs',
    }),
  maxCachedTokens: z.number().int().min(0).max(1_000_000).default(10_000),
});

/** The options with their defaults; throws for those that would let in what nobody should trust. */
export function readVerifierOptions(options: AccessTokenVerifierOptions) {
  const { now, ...rest } = options;
  return { ...shape.parse(rest), now };
}
