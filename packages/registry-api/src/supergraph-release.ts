import { CompactSign, type CryptoKey, compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { subgraphName } from './subgraph-name.ts';

/** One composed supergraph as the registry hands it to gateways. */
export const supergraphRelease = z.object({
  /** Grows with every release, also when a rollback brings an older text back: a lower one is never taken. */
  sequence: z.int().min(1),
  /** SHA-256, in hexadecimal, of `sdl`. */
  id: z.string().regex(/^[0-9a-f]{64}$/u),
  /** The schema variant it is; null = the whole graph. */
  contract: z.string().nullable(),
  issuedAt: z.iso.datetime(),
  cause: z.enum(['PUBLISHED', 'ROLLED_BACK', 'ARCHIVED', 'CONTRACT_CHANGED', 'DEPRECATED']),
  subgraphs: z.array(
    z.object({
      name: subgraphName,
      /** Of its schema, from 1. */
      version: z.int().min(1),
      owner: z.string(),
      url: z.url({ protocol: /^https?$/u }),
      /** Null = not deprecated. */
      deprecatedUntil: z.iso.datetime().nullable(),
    }),
  ),
  sdl: z.string(),
});
export type SupergraphRelease = Readonly<z.infer<typeof supergraphRelease>>;

const typ = 'tavolo-supergraph+jws';
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A supergraph that the registry did not sign, or that is none; says nothing of its content. */
export class SupergraphReleaseError extends Error {
  override readonly name = 'SupergraphReleaseError';
}

/** Signs a release as a compact JWS (EdDSA over Ed25519), with the key of the registry's messages. */
export async function signSupergraphRelease(
  release: SupergraphRelease,
  key: CryptoKey,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(release)))
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .sign(key);
}

/** Opens a release signed with the registry's key; rejects with {@link SupergraphReleaseError}. */
export async function openSupergraphRelease(
  jws: string,
  publicKey: JWK,
): Promise<SupergraphRelease> {
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      await importJWK(publicKey, 'EdDSA'),
      { algorithms: ['EdDSA'] },
    );
    if (protectedHeader.typ !== typ) throw new SupergraphReleaseError('another type of message');
    return supergraphRelease.parse(JSON.parse(decoder.decode(payload)));
  } catch (cause) {
    throw new SupergraphReleaseError('not a supergraph of the registry', { cause });
  }
}
