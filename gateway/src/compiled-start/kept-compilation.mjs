import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';

const keptMs = 24 * 60 * 60 * 1_000;
const ownFolderPrefix = 'tavolo-compiled-';

/**
 * What is known of an entry's last compilation: the module, and the contents (SHA-256, hexadecimal) of it and of all that
 * went into it, by absolute path.
 * @typedef {{ readonly file: string, readonly contents: Readonly<Record<string, string>> }} Compilation
 */

/**
 * The module of an entry's last compilation in `folder`, when it is whole and nothing that went into it has changed.
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
export async function findFresh(folder, name) {
  const known = await readIndex(indexOf(folder, name));
  if (!known) return undefined;
  const same = await Promise.all(
    Object.entries(known.contents).map(async ([file, hash]) => (await hashOf(file)) === hash),
  );
  return same.every(Boolean) ? known.file : undefined;
}

/**
 * Keeps what an entry was compiled to, and returns the module. What was compiled from `sources` before is removed after
 * a day, when it can be.
 * @param {string} folder
 * @param {string} name
 * @param {readonly { readonly path: string, readonly contents: Uint8Array }[]} outputs a module (`.mjs`) and its source map
 * @param {readonly string[]} sources
 * @returns {Promise<string>}
 */
export async function keep(folder, name, outputs, sources) {
  const written = outputs.map(({ path, contents }) => ({
    file: join(folder, basename(path)),
    contents,
  }));
  await Promise.all(written.map(({ file, contents }) => writeWhole(file, contents)));
  const file = written.find((output) => output.file.endsWith('.mjs'))?.file ?? '';
  const hashes = await Promise.all(sources.map(hashOf));
  /** @type {Compilation} */
  const compilation = {
    file,
    contents: Object.fromEntries([
      ...sources.map((source, at) => [source, hashes[at]]),
      ...written.map((output) => [output.file, sha256(output.contents)]),
    ]),
  };
  // Without an index the next start compiles again.
  await writeWhole(indexOf(folder, name), JSON.stringify(compilation)).catch(() => undefined);
  await removeOld(folder, name, new Set(written.map((output) => output.file)));
  return file;
}

/**
 * `folder`, or where nothing may be written there, the user's own among the temporary ones: every thread and every later
 * start of the user finds the same one.
 * @param {string} folder
 * @returns {Promise<string>}
 */
export async function writableFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return folder;
  } catch {
    return (await findOwnFolder()) ?? mkdtemp(join(tmpdir(), ownFolderPrefix));
  }
}

/** Anybody may make a folder of this name: only what this user alone can write and has made is taken. */
async function findOwnFolder() {
  const names = await readdir(tmpdir());
  for (const name of names.filter((each) => each.startsWith(ownFolderPrefix)).sort()) {
    const folder = join(tmpdir(), name);
    if (await isOwn(folder)) return folder;
  }
  return undefined;
}

/** @param {string} folder */
async function isOwn(folder) {
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return false;
  // On Windows the temporary folder is the user's own, and there are no such modes.
  if (process.platform === 'win32') return true;
  return found.uid === userInfo().uid && (found.mode & 0o777) === 0o700;
}

/**
 * @param {string} folder
 * @param {string} name
 */
function indexOf(folder, name) {
  return join(folder, `${name}.json`);
}

/**
 * An index that cannot be read is as none.
 * @param {string} index
 * @returns {Promise<Compilation | undefined>}
 */
async function readIndex(index) {
  try {
    const known = JSON.parse(await readFile(index, 'utf8'));
    return Object.hasOwn(known.contents, known.file) ? known : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whoever starts at the same time reads a whole file or none.
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
async function writeWhole(file, contents) {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, contents);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/**
 * Others that start now remove and rename too: what is gone, or stays, hinders nobody.
 * @param {string} folder
 * @param {string} name
 * @param {ReadonlySet<string>} written
 */
async function removeOld(folder, name, written) {
  const oldest = Date.now() - keptMs;
  const entries = await readdir(folder).catch(() => []);
  for (const entry of entries) {
    const file = join(folder, entry);
    if (!entry.startsWith(name) || entry === `${name}.json` || written.has(file)) continue;
    try {
      const { mtimeMs } = await stat(file);
      if (mtimeMs < oldest) await rm(file, { force: true });
    } catch {}
  }
}

/** @param {string} file */
async function hashOf(file) {
  return sha256(await readFile(file).catch(() => ''));
}

/** @param {string | Uint8Array} contents */
export function sha256(contents) {
  return createHash('sha256').update(contents).digest('hex');
}
