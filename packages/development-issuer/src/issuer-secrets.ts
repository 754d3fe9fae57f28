import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { readIfThere, writePrivateFile } from './private-file.ts';

const issuerSecrets = z.object({
  /** Signs the tokens; ES256. */
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
  cookieKey: z.string().min(32),
  /** Makes the opaque `sub` of an account. */
  subjectKey: z.string().min(32),
});
export type IssuerSecrets = Readonly<z.infer<typeof issuerSecrets>>;

/** The keys of this folder, drawn at the first start: tokens survive a restart of the hub. */
export async function readOrDrawSecrets(dataFolder: string): Promise<IssuerSecrets> {
  const path = join(dataFolder, 'keys.json');
  const text = await readIfThere(path);
  if (text !== null) return issuerSecrets.parse(JSON.parse(text));
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const jwk = { kty: 'EC', ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
  const secrets: IssuerSecrets = {
    jwks: { keys: [jwk] },
    cookieKey: randomBytes(32).toString('hex'),
    subjectKey: randomBytes(32).toString('hex'),
  };
  await writePrivateFile(path, JSON.stringify(secrets));
  return secrets;
}

/** Who an account is in its tokens: the same at every login, and nothing that can be read. */
export function subjectOf(accountId: string, { subjectKey }: IssuerSecrets): string {
  return createHmac('sha256', subjectKey).update(accountId).digest('base64url').slice(0, 27);
}
