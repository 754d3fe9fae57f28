import { createHash } from 'node:crypto';
import type { SdlFile } from '@tavolo/schema-check';

/** SHA-256, in hexadecimal, over the files in their order, names and texts told apart. */
export function digestFiles(files: readonly SdlFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(JSON.stringify([path, text]));
  return hash.digest('hex');
}
