import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import {
  access,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const cacheFolder = join(repository, 'node_modules/.cache/tavolo');
/** Changes with every installation. */
const installedPackages = join(repository, 'node_modules/.package-lock.json');
/** CommonJS packages inside a module go on to require Node's own. */
const requireOfNode =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
const keptMs = 24 * 60 * 60 * 1_000;

/**
 * What is known of an entry's last compilation: where it is, and the contents (SHA-256) of all that went into it.
 * @typedef {{ readonly file: string, readonly inputs: Readonly<Record<string, string>> }} Compilation
 */

/**
 * How to compile: `cache` is the folder of compilations; `withPackages` takes installed packages in too, which reads a
 * third as long but is only for what shares no object with others and whose packages look for nothing beside them.
 * @typedef {{ readonly cache?: string, readonly withPackages?: boolean }} CompileOptions
 */

/**
 * The TypeScript of an entry and of everything of this repository that it imports, as one module with a source map;
 * the last one as long as nothing of it has changed.
 * @param {URL} entry
 * @param {CompileOptions} [options]
 * @returns {Promise<URL>} what to import
 */
export async function compile(entry, { cache = cacheFolder, withPackages = false } = {}) {
  const path = fileURLToPath(entry);
  const name = `${basename(path, '.ts')}-${sha256(path).slice(0, 8)}`;
  const known = await readCompilation(join(cache, `${name}.json`));
  if (known && (await isFresh(known))) return pathToFileURL(known.file);
  return pathToFileURL(await build(path, name, cache, withPackages));
}

/**
 * @param {string} path
 * @param {string} name
 * @param {string} cache
 * @param {boolean} withPackages
 */
async function build(path, name, cache, withPackages) {
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: { [name]: path },
    absWorkingDir: repository,
    outdir: cache,
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // As Node itself resolves: no build that is meant for bundlers.
    conditions: [],
    sourcemap: 'linked',
    sourcesContent: false,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    ...(withPackages ? { banner: { js: requireOfNode } } : { plugins: [ownCodeOnly] }),
  });
  await esbuild.stop();
  const folder = await writableFolder(cache);
  const written = await Promise.all(
    outputFiles.map(({ path: output, contents }) =>
      writeWhole(join(folder, basename(output)), contents),
    ),
  );
  const file = written.find((output) => output.endsWith('.mjs')) ?? '';
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.startsWith('node_modules/'))
    .map((input) => join(repository, input));
  const inputs = [...new Set([...sources, ...sources.map(packageFileOf), installedPackages])];
  const hashes = await Promise.all(inputs.map(hashOf));
  const compilation = {
    file,
    inputs: Object.fromEntries(inputs.map((input, index) => [input, hashes[index]])),
  };
  await writeWhole(join(folder, `${name}.json`), JSON.stringify(compilation));
  await removeOld(folder, name, written);
  return file;
}

/**
 * Imports of installed packages become the addresses that they resolve to from where they are written; a module goes on
 * to find what lies beside it.
 * @type {import('esbuild').Plugin}
 */
const ownCodeOnly = {
  name: 'own-code-only',
  setup(build) {
    const isResolving = Symbol('resolving');
    build.onResolve(
      { filter: /^[^./]/ },
      async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (kind === 'entry-point' || pluginData === isResolving) return undefined;
        const found = await build.resolve(path, {
          kind,
          resolveDir,
          importer,
          pluginData: isResolving,
        });
        if (found.external || found.errors.length > 0 || !found.path.includes('/node_modules/')) {
          return found;
        }
        return { path: pathToFileURL(found.path).href, external: true };
      },
    );
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

/**
 * @param {string} index
 * @returns {Promise<Compilation | undefined>}
 */
async function readCompilation(index) {
  const text = await readFile(index, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @param {Compilation} compilation */
async function isFresh({ file, inputs }) {
  if (!existsSync(file)) return false;
  const same = await Promise.all(
    Object.entries(inputs).map(async ([input, hash]) => (await hashOf(input)) === hash),
  );
  return same.every(Boolean);
}

/**
 * Where nothing may be written beside the packages, each start has a folder of its own that nobody else can write.
 * @param {string} cache
 */
async function writableFolder(cache) {
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
    return cache;
  } catch {
    return mkdtemp(join(tmpdir(), 'tavolo-'));
  }
}

/**
 * Whoever starts at the same time reads a whole file or none.
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
async function writeWhole(file, contents) {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, contents);
  await rename(draft, file);
  return file;
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} written
 */
async function removeOld(folder, name, written) {
  const oldest = Date.now() - keptMs;
  for (const entry of await readdir(folder)) {
    const file = join(folder, entry);
    if (!entry.startsWith(`${name}-`) || written.includes(file)) continue;
    const { mtimeMs } = await stat(file);
    if (mtimeMs < oldest) await rm(file, { force: true });
  }
}

/** @param {string} file */
function packageFileOf(file) {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return join(folder, 'package.json');
}

/** @param {string} file */
async function hashOf(file) {
  return sha256(await readFile(file).catch(() => ''));
}

/** @param {string | Uint8Array} contents */
function sha256(contents) {
  return createHash('sha256').update(contents).digest('hex');
}
