import { readdir, readFile } from 'node:fs/promises';

/** One question the explorer opens on. */
export interface Example {
  /** File name without its ending, such as `table-question`. */
  readonly name: string;
  /** The GraphQL text with its leading comment in English and Italian. */
  readonly text: string;
}

const folder = new URL('../examples/', import.meta.url);

/** The example questions, in the order of their file names. */
export async function readExamples(): Promise<readonly Example[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.graphql$/u, ''),
      text: await readFile(new URL(file, folder), 'utf8'),
    })),
  );
}
