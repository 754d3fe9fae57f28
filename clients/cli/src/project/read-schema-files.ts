import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { type SdlFile, sdlFile } from '@tavolo/schema-check';
import { codeOf, UsageError } from '../cli-error.ts';

const mostFiles = 100;
const mostBytes = 5_000_000;
const deepest = 10;
const isSdl = /\.(graphql|graphqls|gql)$/iu;

/**
 * Reads the SDL that is named, files as they are and folders with all the `.graphql` in them, in the order of their
 * paths. The hub is told paths below `folder` only: where a user's home is concerns nobody.
 */
export async function readSchemaFiles(
  named: readonly string[],
  folder: string,
): Promise<readonly SdlFile[]> {
  const found = new Map<string, string>();
  for (const name of named) {
    const path = resolve(folder, name);
    const files = (await kindOf(path, name)) === 'folder' ? await filesBelow(path, name) : [path];
    for (const file of files) found.set(file, toldPath(file, path, folder));
    if (found.size > mostFiles) {
      throw new UsageError(`${name}: more than ${mostFiles} files of SDL; name the right folder`);
    }
  }
  const files: SdlFile[] = [];
  let bytes = 0;
  for (const [file, told] of found) {
    const content = await readFile(file).catch((error: unknown) => {
      throw new UsageError(`cannot read ${told} (${codeOf(error)})`);
    });
    bytes += content.byteLength;
    if (bytes > mostBytes) {
      throw new UsageError(`the SDL has more than ${mostBytes / 1_000_000} MB; is it all SDL?`);
    }
    files.push(toSdlFile(told, content));
  }
  return files;
}

async function kindOf(path: string, name: string): Promise<'file' | 'folder'> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new UsageError(`cannot read the schema ${name} (${codeOf(error)})`);
  });
  if (stats.isDirectory()) return 'folder';
  if (stats.isFile()) return 'file';
  throw new UsageError(`${name} is no file and no folder`);
}

/** Links and hidden folders are passed over: neither is anybody's SDL, and links may lead in circles. */
async function filesBelow(top: string, name: string): Promise<readonly string[]> {
  const files: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > deepest) return;
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path, depth + 1);
      else if (entry.isFile() && isSdl.test(entry.name)) files.push(path);
    }
  };
  await walk(top, 0);
  if (files.length === 0) throw new UsageError(`${name} holds no file that ends in .graphql`);
  return files.sort();
}

function toldPath(file: string, named: string, folder: string): string {
  const below = relative(folder, file);
  const isOutside = below.startsWith('..') || resolve(below) === below;
  const told = isOutside ? join(basename(named), relative(named, file)) : below;
  return told.split(sep).join('/');
}

function toSdlFile(path: string, content: Uint8Array): SdlFile {
  try {
    const read = sdlFile.safeParse({ path, text: decoder.decode(content) });
    if (read.success) return read.data;
  } catch {
    throw new UsageError(`${path} is no text in UTF-8; save it as UTF-8`);
  }
  throw new UsageError(
    `${path}: the name of a file of SDL has letters, digits, spaces and . _ - / @ only; rename it`,
  );
}

const decoder = new TextDecoder('utf-8', { fatal: true });
