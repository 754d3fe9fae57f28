import { z } from 'zod';

const publicKey = z
  .looseObject({
    kty: z.literal('OKP', { error: 'must be an Ed25519 key (kty OKP)' }),
    crv: z.literal('Ed25519', { error: 'must be an Ed25519 key (crv Ed25519)' }),
    x: z.string().regex(/^[\w-]{43}$/u, { error: 'must be 32 bytes in base64url' }),
    kid: z.string().min(1).max(64),
  })
  .refine((key) => !('d' in key), {
    error:
      'holds a private key (d); whoever has it can speak as the gateway: give the public keys only and replace that key',
  })
  // Members we do not use (alg, use, …) are left behind.
  .transform(({ kty, crv, x, kid }) => ({ kty, crv, x, kid }));

/** The gateway's public keys, a JWK Set (RFC 7517, RFC 8037): several while it changes from one to the next. */
export const contextKeys = z.object({
  keys: z
    .array(publicKey)
    .min(1, { error: 'needs at least one public key of the gateway' })
    .max(10)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, {
      error: 'two keys have the same kid',
    })
    .readonly(),
});

export interface ContextKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}

export interface ContextKeys {
  readonly keys: readonly ContextKey[];
}
