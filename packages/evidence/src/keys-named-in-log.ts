import { join } from 'node:path';
import type { JWK } from 'jose';
import { listSegments, segmentFile } from './evidence-files.ts';
import { readLine } from './evidence-line.ts';
import { readSegmentLines } from './segment-lines.ts';

/** A public key that may have signed a log. */
export type EvidenceKey = Pick<JWK, 'crv' | 'x' | 'kid'> & { readonly kty: 'OKP' };

/** The keys that the headers of a log name: what it says of itself, and no proof of who wrote it. */
export async function keysNamedInLog(folder: string): Promise<readonly EvidenceKey[]> {
  const keys = new Map<string, EvidenceKey>();
  for (const segment of (await listSegments(folder)).segments) {
    for await (const [first] of readSegmentLines(join(folder, segmentFile(segment)))) {
      const line = first === undefined ? 'MALFORMED' : readLine(first.text);
      if (typeof line !== 'string' && line.body.kind === 'segment') {
        keys.set(line.body.publicKey.kid, line.body.publicKey);
      }
      break;
    }
  }
  return [...keys.values()];
}
