import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whose evidence a hub's folder holds. */
export type EvidenceKeeper = 'gateway' | 'registry';

/** A keeper's evidence and, in a file of its own, the public key that must have signed it. */
export async function evidenceOf(
  hubFolder: string,
  keeper: EvidenceKeeper,
  keyFolder: string,
): Promise<{ readonly folder: string; readonly keyFile: string }> {
  const text = await readFile(join(hubFolder, keeper, 'secrets.json'), 'utf8');
  // The launcher wrote it.
  const { evidenceKey } = JSON.parse(text) as { evidenceKey: Readonly<Record<string, string>> };
  const { kty, crv, x, kid } = evidenceKey;
  const keyFile = join(keyFolder, `${keeper}-evidence-key.json`);
  await writeFile(keyFile, JSON.stringify({ kty, crv, x, kid }));
  return { folder: join(hubFolder, keeper, 'evidence'), keyFile };
}
