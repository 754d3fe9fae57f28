import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandFailure, codeOf, UsageError } from '../cli-error.ts';

/** Writes a new project; refuses a folder that holds anything, so that nobody's work is written over. */
export async function writeProject(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  await refuseUsed(folder);
  try {
    for (const [path, text] of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      // `wx`: whatever appeared meanwhile is left as it is.
      await writeFile(target, text, { flag: 'wx' });
    }
  } catch (error) {
    throw new CommandFailure(`cannot write the project (${codeOf(error)})`);
  }
}

/** Only `.git` may be there: a repository made beforehand. */
export async function refuseUsed(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new UsageError(`cannot use that folder (${codeOf(error)}): name one that is new`);
  });
  if (entries.every((entry) => entry === '.git')) return;
  throw new UsageError(
    'the folder is not empty: name one that is new, and nothing is written over',
  );
}
