import { copyFile, mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { sha256Hex } from './canonical-json.ts';
import { EvidenceProblem } from './evidence-error.ts';
import { CHECKPOINTS, HEADS, MANIFEST, segmentFile, TOMBSTONE } from './evidence-files.ts';
import { readLogStatements } from './log-statements.ts';
import { hashFile, type PackManifest } from './pack-manifest.ts';
import { createStatementReader } from './signed-statement.ts';

export interface ExportOptions {
  readonly publicKeys: readonly JWK[];
  readonly now: () => Date;
  /** Segments that hold nothing from here on are left out. */
  readonly from?: Date;
  /** Segments that began later are left out. */
  readonly to?: Date;
}

export interface ExportedPack {
  readonly manifest: PackManifest;
  /** Of the manifest, which has those of all files: worth telling by another way. */
  readonly sha256: string;
}

/**
 * Copies whole segments, so that the chain can be followed, with what proves them. The folder must be new or empty;
 * `verifyEvidence(…, { as: 'pack' })` accepts it anywhere.
 */
export async function exportEvidence(
  folder: string,
  out: string,
  options: ExportOptions,
): Promise<ExportedPack> {
  await mkdir(out, { recursive: true, mode: 0o700 });
  if ((await readdir(out)).length > 0) {
    throw new EvidenceProblem(`The folder ${out} is not empty: a pack needs one of its own.`);
  }
  const read = await createStatementReader(options.publicKeys);
  const { head, checkpoints, tombstone } = await readLogStatements(folder, read, 'strict');
  for (const name of [CHECKPOINTS, ...HEADS]) await copyFile(join(folder, name), join(out, name));
  if (tombstone !== null) await copyFile(join(folder, TOMBSTONE), join(out, TOMBSTONE));
  // The files that were copied say where the pack ends; the log may have gone on meanwhile.
  const copied = await readLogStatements(out, read, 'strict');
  const seals = checkpoints.filter(({ kind }) => kind === 'seal');
  const sealedAt = (segment: number) => seals.find((seal) => seal.segment === segment)?.at;
  const from = options.from?.toISOString();
  const to = options.to?.toISOString();
  let firstSegment = tombstone?.firstSegment ?? 1;
  let lastSegment = copied.head.segment;
  while (
    firstSegment < lastSegment &&
    from !== undefined &&
    (sealedAt(firstSegment) ?? from) < from
  ) {
    firstSegment += 1;
  }
  // A segment begins when the one before it was sealed.
  while (
    lastSegment > firstSegment &&
    to !== undefined &&
    (sealedAt(lastSegment - 1) ?? '') >= to
  ) {
    lastSegment -= 1;
  }
  for (let segment = firstSegment; segment <= lastSegment; segment += 1) {
    const name = segmentFile(segment);
    await copyFile(join(folder, name), join(out, name));
    if (segment === copied.head.segment) await cutTo(join(out, name), copied.head.bytes);
  }
  await writeFile(
    join(out, 'keys.json'),
    `${JSON.stringify({ keys: options.publicKeys }, null, 1)}\n`,
  );
  await writeFile(join(out, 'README.txt'), README);
  const names = (await readdir(out)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      sha256: (await hashFile(join(out, name))) ?? '',
      bytes: (await stat(join(out, name))).size,
    })),
  );
  const manifest: PackManifest = {
    format: 'tavolo-evidence-pack/1',
    logId: head.logId,
    exportedAt: options.now().toISOString(),
    from: from ?? null,
    to: to ?? null,
    firstSegment,
    lastSegment,
    files,
  };
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(out, MANIFEST), text, { mode: 0o600 });
  return { manifest, sha256: sha256Hex(text) };
}

/** What stands behind the signed end was not acknowledged yet. */
async function cutTo(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
  } finally {
    await file.close();
  }
}

const README = `Evidence of who asked the hub what, exported from its log.

segment-*.ndjson   one record a line: canonical JSON (RFC 8785), numbered, each with the SHA-256 of the one before it
checkpoints.jws    where the log was, signed (compact JWS, EdDSA); a "seal" ends a segment
head-*.jws         the end of the log when this was exported, signed
tombstone.jws      if there: older segments were removed by retention; signed
keys.json          the public keys (JWK). Compare them with those you have from the hub's operator by another way:
                   whoever forges a log can put a key of their own beside it
manifest.json      which segments are here, and the SHA-256 of every other file

To verify:   tavolo audit verify FOLDER --pack --key KEYS_YOU_HAVE
The format is described in packages/evidence/README.md of Tavolo, so that any other tool can do the same.
The records hold no variable of a question and nothing of its answer. "user" is a pseudonym.
`;
