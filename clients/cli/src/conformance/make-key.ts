import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CommandFailure, codeOf } from '../cli-error.ts';

export const privateKeyFile = 'private-key.json';
export const publicKeysFile = 'keys.json';
const kid = 'conformance';

/** Where a key pair for tests was written. */
export interface MadeKey {
  readonly privateKey: string;
  readonly publicKeys: string;
}

/** Draws a key pair for tests: the private half for this command line, the public one for the subgraph. */
export async function makeKey(named: string, folder: string): Promise<MadeKey> {
  const made = { privateKey: join(named, privateKeyFile), publicKeys: join(named, publicKeysFile) };
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  try {
    await mkdir(resolve(folder, named), { recursive: true, mode: 0o700 });
    // `wx`: a key that is in use is not replaced.
    await writeFile(
      resolve(folder, made.privateKey),
      `${JSON.stringify({ kty, crv, x, d, kid })}\n`,
      { mode: 0o600, flag: 'wx' },
    );
    const publicKeys = JSON.stringify({ keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] });
    await writeFile(resolve(folder, made.publicKeys), `${publicKeys}\n`);
  } catch (error) {
    const why =
      codeOf(error) === 'EEXIST' ? 'there is one already; remove it first' : codeOf(error);
    throw new CommandFailure(`cannot write a key to ${named}: ${why}`);
  }
  return made;
}
