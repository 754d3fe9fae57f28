import { type ContextKey, type ContextSigningKey, contextKeys } from '@tavolo/caller-context';
import { exportJWK, generateKeyPair } from 'jose';

/** A new Ed25519 key pair, as the configuration takes them. */
export async function newSigningKey(kid: string): Promise<{
  readonly signingKey: ContextSigningKey;
  readonly publicKey: ContextKey;
}> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', {
    crv: 'Ed25519',
    extractable: true,
  });
  const [known] = contextKeys.parse({ keys: [{ ...(await exportJWK(publicKey)), kid }] }).keys;
  if (!known) throw new Error('a key that was just drawn');
  return { signingKey: { ...(await exportJWK(privateKey)), kid }, publicKey: known };
}
