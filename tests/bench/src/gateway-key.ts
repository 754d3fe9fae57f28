import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const gatewayKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});

/** The private key that calls to subgraphs are signed with. */
export type GatewayKey = z.infer<typeof gatewayKey>;

export function parseGatewayKey(text: string): GatewayKey {
  return gatewayKey.parse(JSON.parse(text));
}

export function drawGatewayKey(): GatewayKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return gatewayKey.parse({ ...privateKey.export({ format: 'jwk' }), kid: 'benchmark' });
}

/** The key of an embedded hub's gateway, from the hub's folder. */
export async function readGatewayKey(hubFolder: string): Promise<GatewayKey> {
  const text = await readFile(join(hubFolder, 'gateway', 'secrets.json'), 'utf8');
  return z.object({ contextKey: gatewayKey }).parse(JSON.parse(text)).contextKey;
}

/** What a subgraph knows of it. */
export function publicKeysOf({ kty, crv, x, kid }: GatewayKey) {
  return { keys: [{ kty, crv, x, kid }] };
}
