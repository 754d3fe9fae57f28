import { CompactSign, type CryptoKey, compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { registryState } from './registry-state.ts';

/**
 * What the registry sends: a whole state, the sign that the last one still holds, or which supergraph is in force
 * (said at the beginning of a stream and after every release; fetched at `/supergraph`).
 */
export const registryMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), issuedAt: z.iso.datetime(), state: registryState }),
  z.object({ kind: z.literal('still'), issuedAt: z.iso.datetime(), version: z.int().min(0) }),
  z.object({ kind: z.literal('supergraph'), issuedAt: z.iso.datetime(), sequence: z.int().min(1) }),
]);
export type RegistryMessage = z.infer<typeof registryMessage>;

const typ = 'tavolo-registry+jws';
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A message that the registry did not sign, or that is none; says nothing of its content. */
export class RegistryMessageError extends Error {
  override readonly name = 'RegistryMessageError';
}

/** Signs a message as a compact JWS (EdDSA over Ed25519). */
export async function signRegistryMessage(
  message: RegistryMessage,
  key: CryptoKey,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(message)))
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .sign(key);
}

/** Opens a message signed with the registry's key; rejects with {@link RegistryMessageError}. */
export async function openRegistryMessage(jws: string, publicKey: JWK): Promise<RegistryMessage> {
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      await importJWK(publicKey, 'EdDSA'),
      { algorithms: ['EdDSA'] },
    );
    if (protectedHeader.typ !== typ) throw new RegistryMessageError('another type of message');
    return registryMessage.parse(JSON.parse(decoder.decode(payload)));
  } catch (cause) {
    throw new RegistryMessageError('not a message of the registry', { cause });
  }
}
