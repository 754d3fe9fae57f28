import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusal.ts';

/** Refuses whoever is no gateway, before anything of the request's body is read. */
export function mustBeGateway(hashes: readonly string[]) {
  return async (request: {
    readonly headers: { readonly authorization?: string | undefined };
  }): Promise<void> => {
    if (isGateway(hashes, request.headers.authorization)) return;
    throw new Refusal('UNAUTHENTICATED', 'A token of a gateway is needed');
  };
}

/** Takes the same time for every wrong token. */
function isGateway(hashes: readonly string[], authorization: string | undefined): boolean {
  const token = /^Bearer ([\x21-\x7e]{16,512})$/u.exec(authorization ?? '')?.[1] ?? '';
  const shown = createHash('sha256').update(token).digest();
  let isKnown = false;
  for (const hash of hashes) {
    if (timingSafeEqual(shown, Buffer.from(hash, 'hex'))) isKnown = true;
  }
  return isKnown && token !== '';
}
