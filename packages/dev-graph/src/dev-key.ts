import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextKeys, ContextSigningKey } from '@tavolo/caller-context';
import { z } from 'zod';

/** Subgraphs made by `subgraph init` take a key of this name on their own machine only. */
const developmentKid = 'development-gateway';

const signingKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string().min(1).max(64),
});

/** Signs contexts as a gateway does, for nobody's data but invented ones. */
export interface DevKey {
  readonly key: ContextSigningKey;
  /** What my subgraph is started with: `GATEWAY_KEYS`. */
  readonly publicKeys: ContextKeys;
  readonly publicKeysFile: string;
}

/** The key of this folder, drawn at the first start: no hub knows it, and it stays out of the repository. */
export async function openDevKey(devFolder: string): Promise<DevKey> {
  await openDevFolder(devFolder);
  const file = join(devFolder, 'context-key.json');
  const key = (await readSigningKey(file)) ?? (await drawKey(file));
  const publicKeys = { keys: [{ kty: key.kty, crv: key.crv, x: key.x, kid: key.kid }] };
  const publicKeysFile = join(devFolder, 'context-keys.json');
  await writeFile(publicKeysFile, `${JSON.stringify(publicKeys, null, 2)}\n`);
  return { key, publicKeys, publicKeysFile };
}

/** Makes the folder in which `subgraph dev` keeps what it must not lose, and keeps it out of git. */
export async function openDevFolder(devFolder: string): Promise<void> {
  await mkdir(devFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(devFolder, '.gitignore'), '*\n');
}

/** Reads a private Ed25519 key; `null` when there is no such file. Throws on what is no key, quoting nothing. */
export async function readSigningKey(file: string): Promise<z.infer<typeof signingKey> | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return signingKey.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} holds no private Ed25519 key (a JWK with kty, crv, x, d and kid)`);
  }
}

async function drawKey(file: string): Promise<z.infer<typeof signingKey>> {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const key = signingKey.parse({ ...jwk, kid: developmentKid });
  await writeFile(file, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600 });
  return key;
}
