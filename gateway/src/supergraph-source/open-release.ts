import { createHash } from 'node:crypto';
import { openSupergraphRelease, type SupergraphRelease } from '@tavolo/registry-api';
import type { JWK } from 'jose';
import { ReleaseRefused } from './release-refused.ts';

/** Opens a signed release for a gateway of one contract (`null` = the whole graph); rejects with {@link ReleaseRefused}. */
export async function openRelease(
  jws: string,
  publicKey: JWK,
  contract: string | null,
): Promise<SupergraphRelease> {
  const release = await openSupergraphRelease(jws, publicKey).catch((cause: unknown) => {
    throw new ReleaseRefused('it is not signed by the registry, or is no release', null, { cause });
  });
  const { sequence } = release;
  if (createHash('sha256').update(release.sdl).digest('hex') !== release.id) {
    throw new ReleaseRefused('its text is not the one its id says', sequence);
  }
  // Both are signed with one key: a gateway for one audience must not take the graph of another.
  if (release.contract !== contract) {
    throw new ReleaseRefused('it is of another contract than SUPERGRAPH_CONTRACT', sequence);
  }
  return release;
}
