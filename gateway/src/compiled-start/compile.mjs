import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findFresh, keep, sha256, writableFolder } from './kept-compilation.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const cacheFolder = join(repository, 'node_modules/.cache/tavolo');
/** Changes with every installation. */
const installedPackages = join(repository, 'node_modules/.package-lock.json');
/** CommonJS packages inside a module go on to require Node's own. */
const requireOfNode =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

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
  const fresh = await findFresh(cache, name);
  if (fresh) return pathToFileURL(fresh);
  const folder = await writableFolder(cache);
  const known = folder === cache ? undefined : await findFresh(folder, name);
  return pathToFileURL(known ?? (await build(path, name, folder, withPackages)));
}

/**
 * @param {string} path
 * @param {string} name
 * @param {string} folder
 * @param {boolean} withPackages
 */
async function build(path, name, folder, withPackages) {
  const esbuild = await import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: { [name]: path },
    absWorkingDir: repository,
    outdir: folder,
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
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !input.startsWith('node_modules/'))
    .map((input) => join(repository, input));
  const inputs = new Set([...sources, ...sources.map(packageFileOf), installedPackages]);
  return keep(folder, name, outputFiles, [...inputs]);
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

/** @param {string} file */
function packageFileOf(file) {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return join(folder, 'package.json');
}
