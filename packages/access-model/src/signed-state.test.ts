import { exportJWK, generateKeyPair } from 'jose';
import { expect, it } from 'vitest';
import { openRegistryMessage, RegistryMessageError, signRegistryMessage } from './signed-state.ts';

const keys = () => generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
const message = { kind: 'still', issuedAt: '2026-11-22T10:00:00Z', version: 7 } as const;

it('a message of the registry opens with its key', async () => {
  const { privateKey, publicKey } = await keys();
  const jws = await signRegistryMessage(message, privateKey);
  expect(await openRegistryMessage(jws, await exportJWK(publicKey))).toEqual(message);
});

it('a message signed by somebody else, changed, or cut short is none', async () => {
  const { privateKey, publicKey } = await keys();
  const key = await exportJWK(publicKey);
  const jws = await signRegistryMessage(message, privateKey);
  const [header, , signature] = jws.split('.');
  const changed = Buffer.from(JSON.stringify({ ...message, version: 8 })).toString('base64url');
  const others = await signRegistryMessage(message, (await keys()).privateKey);
  for (const bad of [others, `${header}.${changed}.${signature}`, jws.slice(0, -2), '', 'x.y.z']) {
    await expect(openRegistryMessage(bad, key)).rejects.toBeInstanceOf(RegistryMessageError);
  }
});
