import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** Signed statements, one a line, oldest first. */
export const CHECKPOINTS = 'checkpoints.jws';
/** Written in turns, so that one of them is always whole. */
export const HEADS = ['head-0.jws', 'head-1.jws'] as const;
export const TOMBSTONE = 'tombstone.jws';
export const LOCK = 'lock';
/** What was never acknowledged. */
export const ASIDE = 'aside';
export const TIMESTAMPS = 'timestamps';
export const MANIFEST = 'manifest.json';
/** Each head is padded to as many bytes, so that writing it never changes the file's length. */
export const HEAD_BYTES = 2_048;

export function segmentFile(segment: number): string {
  return `segment-${String(segment).padStart(8, '0')}.ndjson`;
}

/** The numbers of the segments there are, in order; files that only look like one are named in `strange`. */
export async function listSegments(folder: string) {
  const names = (await readdir(folder)).filter((name) => name.startsWith('segment-'));
  const segments: number[] = [];
  const strange: string[] = [];
  for (const name of names.sort()) {
    const number = Number(/^segment-(\d{8,})\.ndjson$/u.exec(name)?.[1] ?? Number.NaN);
    if (segmentFile(number) === name) segments.push(number);
    else strange.push(name);
  }
  return { segments: segments.sort((a, b) => a - b), strange };
}

/** Null when there is none. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A new or removed name is durable only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whole or not at all. */
export async function writeWhole(folder: string, name: string, content: string): Promise<void> {
  const temporary = join(folder, `${name}.new`);
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, name));
  await syncFolder(folder);
}

/** The statement in the bytes of a head file; null when they are not one and its padding. */
export function headIn(bytes: Buffer): string | null {
  const match = /^([\w.-]+) *\n$/u.exec(bytes.toString('latin1'));
  return bytes.length === HEAD_BYTES ? (match?.[1] ?? null) : null;
}

export function headBytes(jws: string): Buffer {
  return Buffer.from(`${jws.padEnd(HEAD_BYTES - 1)}\n`, 'latin1');
}
