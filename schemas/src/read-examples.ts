import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** One document that runs by its hash; the explorer opens on those its caller may run. */
export interface Example {
  /** File name without its ending, such as `table-question`. */
  readonly name: string;
  /** The GraphQL text with its leading comment in English and Italian. */
  readonly text: string;
  /** `.` for a question of anybody's, else the purpose it belongs to: `documents/<purpose>/`. */
  readonly purpose: string;
}

/** The questions anybody may start from. */
const examples = new URL('../examples/', import.meta.url);
/** What one purpose runs, in a folder each. */
const documents = new URL('../documents/', import.meta.url);

/** All documents that are kept as files, in the order of their names; a name is used once. */
export async function readExamples(): Promise<readonly Example[]> {
  const found = await Promise.all([readFolder(examples), readFolder(documents)]);
  const all = found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = all.find(({ name }, index) => all[index + 1]?.name === name);
  if (twice) throw new Error(`two documents are called ${twice.name}.graphql`);
  return all;
}

async function readFolder(folder: URL): Promise<Example[]> {
  const files = await readdir(folder, { recursive: true });
  return Promise.all(
    files
      .filter((file) => file.endsWith('.graphql'))
      .map(async (file) => ({
        name: basename(file, '.graphql'),
        text: await readFile(new URL(file, folder), 'utf8'),
        purpose: dirname(file),
      })),
  );
}
