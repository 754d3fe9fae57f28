import { createHash } from 'node:crypto';
import type { World } from './world.ts';

/** SHA-256 over every row of the world; equal worlds have equal fingerprints. */
export function worldFingerprint(world: World): string {
  const hash = createHash('sha256');
  for (const [name, rows] of Object.entries(world)) {
    hash.update(`${name}\n`);
    for (const row of Array.isArray(rows) ? rows : [rows]) hash.update(`${JSON.stringify(row)}\n`);
  }
  return hash.digest('hex');
}
