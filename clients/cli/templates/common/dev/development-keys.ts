import { generateKeyPairSync } from 'node:crypto';
import { developmentKid } from '../src/config.ts';

/** A new pair that stands for the gateway's on this machine; the subgraph takes the public half on loopback only. */
export function makeDevelopmentKeys() {
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { kty, crv, x } = privateKey;
  return {
    privateKey: { ...privateKey, kid: developmentKid },
    publicKeys: { keys: [{ kty, crv, x, kid: developmentKid }] },
  };
}
