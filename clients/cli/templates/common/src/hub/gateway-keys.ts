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
      'holds a private key (d): that is an incident. Tell the operator of the hub, and ask for the public keys only',
  })
  .transform(({ kty, crv, x, kid }) => ({ kty, crv, x, kid }));

/** The gateway's public keys, a JWK Set: two of them while the gateway changes from one to the next. */
export const gatewayKeys = z.object({
  keys: z
    .array(publicKey)
    .min(1, { error: 'needs at least one public key of the gateway' })
    .max(10)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, {
      error: 'two keys have the same kid',
    }),
});
export type GatewayKeys = Readonly<z.infer<typeof gatewayKeys>>;
