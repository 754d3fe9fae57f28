import { chmod, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';
import { readHubDocuments } from '../src/graph/read-hub-documents.ts';
import { readTemplateFiles } from '../src/init/template-files.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Makes the whole command line one file that runs with nothing but Node: packages, templates and the hub's documents
 * are in it.
 */
export async function bundle(outfile: string): Promise<{ readonly bytes: number }> {
  await esbuild({
    entryPoints: [here('../src/bundle-main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'inline',
    // CommonJS packages call `require`, which a module of Node does not have.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    define: {
      TAVOLO_TEMPLATES: JSON.stringify(await readTemplateFiles()),
      TAVOLO_HUB_DOCUMENTS: JSON.stringify(await readHubDocuments()),
    },
    plugins: [withoutRepository, withCanonicalize],
    logLevel: 'warning',
  });
  await chmod(outfile, 0o755);
  return { bytes: (await stat(outfile)).size };
}

/** `@tavolo/schemas` reads its files when it is loaded; of it, a bundle needs names only. */
const withoutRepository: Plugin = {
  name: 'without-repository',
  setup(build) {
    build.onResolve({ filter: /^@tavolo\/schemas$/ }, () => ({
      path: here('../../../schemas/src/read-subgraph-sdl.ts'),
      sideEffects: false,
    }));
    build.onLoad({ filter: /[/]read-hub-documents\.ts$/ }, () => ({
      contents:
        'export const readHubDocuments = () => { throw new Error("a bundle has its documents in itself"); };',
    }));
  },
};

/** A package that is required at run time because of its types is bundled like any other. */
const withCanonicalize: Plugin = {
  name: 'with-canonicalize',
  setup(build) {
    build.onLoad({ filter: /[/]canonical-json\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const required = "createRequire(import.meta.url)('canonicalize')";
      if (!text.includes(required)) throw new Error(`${path} asks for canonicalize in another way`);
      return { contents: text.replace(required, "require('canonicalize')"), loader: 'ts' };
    });
  },
};
