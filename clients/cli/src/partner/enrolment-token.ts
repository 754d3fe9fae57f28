import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { codeOf, UsageError } from '../cli-error.ts';
import { readSecretFile } from '../input/read-secret-file.ts';

export interface EnrolmentToken {
  readonly token: string;
  /** All that leaves this machine. */
  readonly sha256: string;
  /** Whether the file held it before. */
  readonly isKept: boolean;
}

/**
 * The token that an institution enrols its people with. With a file, it is written there before anybody hears of it
 * and for its owner alone; one that is there already is used again, so that a repeated command changes nothing.
 */
export async function enrolmentToken(
  file: string | undefined,
  folder: string,
): Promise<EnrolmentToken> {
  const drawn = randomBytes(32).toString('base64url');
  if (file === undefined) return { token: drawn, sha256: sha256Of(drawn), isKept: false };
  try {
    const opened = await open(resolve(folder, file), 'wx', 0o600);
    try {
      await opened.writeFile(`${drawn}\n`);
      await opened.sync();
    } finally {
      await opened.close();
    }
    return { token: drawn, sha256: sha256Of(drawn), isKept: false };
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new UsageError(`--token-out: cannot write ${file} (${codeOf(error)})`);
    }
  }
  const token = await readSecretFile(file, folder);
  return { token, sha256: sha256Of(token), isKept: true };
}

const sha256Of = (token: string): string => createHash('sha256').update(token).digest('hex');
