import { createPublicKey, type KeyObject } from 'node:crypto';
import { isMembers } from './caller.ts';

/** The gateway's public keys by `kid`. A private key among them is an incident: nothing starts. */
export function readGatewayKeys(text: string): ReadonlyMap<string, KeyObject> {
  const set: unknown = JSON.parse(text);
  const list = isMembers(set) && Array.isArray(set['keys']) ? (set['keys'] as unknown[]) : [];
  const keys = new Map<string, KeyObject>();
  for (const jwk of list) {
    if (!isMembers(jwk)) throw new Error('A key of the gateway is no JWK: ask the operator again.');
    if ('d' in jwk) {
      throw new Error(
        'A private key is among the gateway’s keys: tell the hub’s operator at once.',
      );
    }
    const { kty, crv, x, kid } = jwk;
    if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof kid !== 'string') {
      throw new Error('A key of the gateway is not Ed25519 with a kid: ask the operator again.');
    }
    keys.set(kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }));
  }
  if (keys.size === 0) throw new Error('The gateway’s keys hold no key: ask the operator again.');
  return keys;
}
