import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Text by path below `templates/`, with `/` between folders. */
export type TemplateFiles = Readonly<Record<string, string>>;

/**
 * In the one-file command line the templates are in the file itself: esbuild's
 * `define: { TAVOLO_TEMPLATES: JSON.stringify(await readTemplateFiles()) }`.
 */
declare const TAVOLO_TEMPLATES: TemplateFiles | undefined;

/** The templates: of the bundle, or from the folder beside the sources. */
export async function templateFiles(): Promise<TemplateFiles> {
  return typeof TAVOLO_TEMPLATES === 'undefined' ? readTemplateFiles() : TAVOLO_TEMPLATES;
}

/** Reads `templates/`; what an editor or a trial run left there is no part of it. */
export async function readTemplateFiles(
  folder = fileURLToPath(new URL('../../templates', import.meta.url)),
): Promise<TemplateFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/(^|\/)(\.|node_modules\/)/u.test(path))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  return Object.fromEntries(paths.map((path, index) => [path, texts[index] ?? '']));
}
