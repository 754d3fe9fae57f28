import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { codeOf, UsageError } from '../cli-error.ts';

/** Reads a token from the first line of a file; one that others can read is refused. */
export async function readSecretFile(path: string, folder: string): Promise<string> {
  const file = resolve(folder, path);
  try {
    if (((await stat(file)).mode & 0o077) !== 0) {
      throw new UsageError(`others can read ${path}, which holds a secret: chmod 600 ${path}`);
    }
    const [first = ''] = (await readFile(file, 'utf8')).split(/\r?\n/u);
    if (/^[\x21-\x7e]{16,4096}$/u.test(first)) return first;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path} (${codeOf(error)})`);
  }
  throw new UsageError(
    `${path} holds no token: its first line must be one, of 16 characters or more`,
  );
}
