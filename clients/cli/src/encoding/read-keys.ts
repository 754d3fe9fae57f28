import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { createLinkageKey, type LinkageKey, LinkageKeyError } from '@tavolo/linkage';
import { CommandFailure, codeOf, UsageError } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { refuseKnownKey } from './refuse-known-key.ts';

export interface Keys {
  readonly linkageKey: LinkageKey;
  readonly sectorKeySecret: string;
}

export interface DryRunKeys extends Keys {
  /** False = drawn for this run: nothing encoded elsewhere can be compared with. */
  readonly isKeyGiven: boolean;
}

const shortestSecret = 32;

/** Of a dry run nothing is kept; drawn anew it would only make two runs differ. */
const dryRunSecret = 'the sector keys of a dry run are forgotten';

/** The keys of an encoding that will be sent: both must be given. */
export async function readKeys(
  env: CliSurroundings['env'],
  keyFile: string | undefined,
): Promise<Keys> {
  const linkageKey = await readLinkageKey(env, keyFile);
  if (linkageKey === null) {
    throw new UsageError('give --key-file, or TAVOLO_LINKAGE_KEY and TAVOLO_LINKAGE_KEY_ID');
  }
  const sectorKeySecret = env['TAVOLO_SECTOR_KEY_SECRET'] ?? '';
  if (sectorKeySecret.length < shortestSecret) {
    throw new UsageError(
      `TAVOLO_SECTOR_KEY_SECRET must have at least ${shortestSecret} characters`,
    );
  }
  return { linkageKey, sectorKeySecret };
}

/** The keys of a dry run: a linkage key that is not given is drawn, for nothing of it is kept. */
export async function readOrDrawKeys(
  env: CliSurroundings['env'],
  keyFile: string | undefined,
): Promise<DryRunKeys> {
  const given = await readLinkageKey(env, keyFile);
  return {
    linkageKey: given ?? createLinkageKey('dry-run', randomBytes(32).toString('hex')),
    sectorKeySecret: dryRunSecret,
    isKeyGiven: given !== null,
  };
}

async function readLinkageKey(
  env: CliSurroundings['env'],
  keyFile: string | undefined,
): Promise<LinkageKey | null> {
  const fromEnv = { id: env['TAVOLO_LINKAGE_KEY_ID'], hex: env['TAVOLO_LINKAGE_KEY'] };
  if (keyFile === undefined && fromEnv.id === undefined && fromEnv.hex === undefined) return null;
  const key = makeKey(
    keyFile === undefined
      ? { id: fromEnv.id ?? '', hex: fromEnv.hex ?? '' }
      : await readKeyFile(keyFile),
  );
  refuseKnownKey(key, env['TAVOLO_SECTOR_KEY_SECRET']);
  return key;
}

function makeKey({ id, hex }: { readonly id: string; readonly hex: string }): LinkageKey {
  try {
    return createLinkageKey(id, hex);
  } catch (error) {
    if (error instanceof LinkageKeyError) throw new UsageError(error.message);
    throw error;
  }
}

/** One line, `id:hexadecimal`; nobody else on the machine may read it. */
async function readKeyFile(path: string): Promise<{ id: string; hex: string }> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw new CommandFailure(`cannot read ${path} (${codeOf(error)})`);
  }
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new CommandFailure(`${path} is not a file`);
    if ((stats.mode & 0o077) !== 0) {
      throw new CommandFailure(`${path} can be read by others; run: chmod 600 ${path}`);
    }
    const [id = '', hex = '', ...more] = (await file.readFile('utf8')).trim().split(':');
    if (more.length > 0 || hex === '') {
      throw new CommandFailure(`${path} must be one line: the key's id, ":" and the key`);
    }
    return { id, hex };
  } finally {
    await file.close();
  }
}
