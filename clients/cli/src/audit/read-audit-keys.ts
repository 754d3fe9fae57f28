import { readFile } from 'node:fs/promises';
import { type EvidenceKey, keysNamedInLog } from '@tavolo/evidence';
import { z } from 'zod';
import { codeOf, UsageError } from '../cli-error.ts';

/** The public part only, also of a private key. */
const key = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
});
const keyFile = z.union([
  z.object({ keys: z.array(key).min(1) }).transform(({ keys }) => keys),
  key.transform((one) => [one]),
]);

export interface AuditKeys {
  readonly publicKeys: readonly EvidenceKey[];
  /** `LOG`: nobody said which keys to trust, so whoever wrote the log could have made them. */
  readonly from: 'FILE' | 'LOG';
}

/** The keys that must have signed: of a file, or, with a warning, those that the log itself names. */
export async function readAuditKeys(
  folder: string,
  path: string | undefined,
  say: (text: string) => void,
): Promise<AuditKeys> {
  if (path !== undefined) return { publicKeys: await readKeyFile(path), from: 'FILE' };
  say(
    'tavolo: no --key was given: the log is held against the key it names itself, which says nothing of who wrote it.\n',
  );
  return { publicKeys: await keysNamedInLog(folder), from: 'LOG' };
}

async function readKeyFile(path: string): Promise<readonly EvidenceKey[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--key ${path} cannot be read (${codeOf(error)})`);
  }
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    throw new UsageError(
      `--key ${path} holds no public key: it must be an Ed25519 JWK with a kid, or a JWK set of them`,
    );
  }
}
