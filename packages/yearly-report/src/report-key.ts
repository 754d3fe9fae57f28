import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';

const member = z.string().regex(/^[\w-]{43}$/u, 'must be 32 bytes in base64url');

/** The public half of the key that yearly reports are signed with (RFC 8037), as it is published. */
export const reportPublicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: member,
  kid: z.string().min(1).max(64),
});
export type ReportPublicKey = Readonly<z.infer<typeof reportPublicKey>>;

/** `REPORT_SIGNING_KEY`: an Ed25519 key as JWK, private half included. Messages never quote it. */
export const reportSigningKey = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be an Ed25519 private key as JWK in JSON',
      });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .looseObject({
        kty: z.literal('OKP', { error: 'must be an Ed25519 key (kty OKP)' }),
        crv: z.literal('Ed25519', { error: 'must be an Ed25519 key (crv Ed25519)' }),
        x: member,
        d: member,
        kid: z.string().min(1).max(64),
      })
      .transform(({ kty, crv, x, d, kid }) => ({ kty, crv, x, d, kid })),
  );
export type ReportSigningKey = Readonly<z.infer<typeof reportSigningKey>>;

/** What is published of the key. */
export function publicHalf({ kty, crv, x, kid }: ReportSigningKey): ReportPublicKey {
  return { kty, crv, x, kid };
}

/** Rejects when the key's halves do not belong together: what it signed, nobody could verify. */
export async function importSigningKey(key: ReportSigningKey): Promise<CryptoKey> {
  const imported = await importJWK(key, 'EdDSA');
  if (imported instanceof Uint8Array) throw new TypeError('the signing key is not an Ed25519 key');
  return imported;
}
