import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EvidenceFaultError, type EvidenceFaultKind } from './evidence-fault.ts';
import { MANIFEST, readIfThere } from './evidence-files.ts';

const packManifest = z.strictObject({
  format: z.literal('tavolo-evidence-pack/1'),
  logId: z.uuid(),
  exportedAt: z.iso.datetime(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  firstSegment: z.int().min(1),
  lastSegment: z.int().min(1),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-]+\.\w+$/u),
      sha256: z.string(),
      bytes: z.int(),
    }),
  ),
});
export type PackManifest = z.infer<typeof packManifest>;
export type PackRange = Pick<PackManifest, 'firstSegment' | 'lastSegment'>;

/**
 * Which segments a pack says it has; null for a log. A manifest in a log is a fault: it could make a log that was cut
 * short look like a pack that ends there.
 */
export async function readPack(folder: string, as: 'log' | 'pack'): Promise<PackRange | null> {
  const bytes = await readIfThere(join(folder, MANIFEST));
  if (as === 'log') {
    if (bytes === null) return null;
    throw fault(
      'UNEXPECTED',
      MANIFEST,
      'this is an exported pack, or a log with a manifest put into it',
    );
  }
  const manifest = parseManifest(bytes?.toString('utf8') ?? '');
  if (manifest === null) throw fault('MALFORMED', MANIFEST, 'no manifest of an evidence pack');
  for (const { name, sha256 } of manifest.files) {
    if ((await hashFile(join(folder, name))) !== sha256) {
      throw fault('CHANGED', name, 'the file is not the one that the manifest names');
    }
  }
  return manifest;
}

/** SHA-256 of a file of any size; null when there is none. */
export async function hashFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

function parseManifest(text: string): PackManifest | null {
  try {
    return packManifest.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function fault(kind: EvidenceFaultKind, file: string, message: string): EvidenceFaultError {
  return new EvidenceFaultError({ kind, file, segment: null, line: null, seq: null, message });
}
