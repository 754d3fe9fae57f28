import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../cli-error.ts';

const known = z.object({ version: z.literal(1), origins: z.array(z.string()).max(1_000) });
const mostOrigins = 100;

const fileIn = (folder: string): string => join(folder, 'known-registries.json');

/** Whether this user once named the registry as theirs. */
export async function isKnownRegistry(folder: string, origin: string): Promise<boolean> {
  return (await read(folder)).includes(origin);
}

/** Remembers a registry that the user named; the oldest are forgotten. */
export async function keepKnownRegistry(folder: string, origin: string): Promise<void> {
  const before = await read(folder);
  if (before.includes(origin)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${fileIn(folder)}.${randomUUID()}.part`;
  const origins = [...before, origin].slice(-mostOrigins);
  await writeFile(part, JSON.stringify({ version: 1, origins }), { mode: 0o600, flag: 'wx' });
  await rename(part, fileIn(folder));
}

/** A file that cannot be read knows none: the user is asked to name the registry again. */
async function read(folder: string): Promise<readonly string[]> {
  try {
    return known.parse(JSON.parse(await readFile(fileIn(folder), 'utf8'))).origins;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) {
      return [];
    }
    throw error;
  }
}
