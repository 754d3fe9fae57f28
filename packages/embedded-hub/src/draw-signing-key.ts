import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** An Ed25519 pair as JWK; its public half is all but `d`. */
export const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});
export type SigningKey = z.infer<typeof signingKey>;

/** Draws a key with a name of its own, so that the next one can stand beside it. */
export function drawSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKey.parse({
    ...privateKey.export({ format: 'jwk' }),
    kid: randomBytes(8).toString('hex'),
  });
}

export function publicHalf({ kty, crv, x, kid }: SigningKey) {
  return { kty, crv, x, kid };
}
