import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Example } from './read-examples.ts';

/** What the table was founded to do, line by line, and what serves each; the journeys run its documents. */
export const foundingDocumentFile = fileURLToPath(
  new URL('../founding-document.json', import.meta.url),
);
export const foundingPageFile = fileURLToPath(new URL('../FOUNDING-DOCUMENT.md', import.meta.url));

const foundingDocument = z.strictObject({
  source: z.string(),
  lines: z.array(
    z.strictObject({
      section: z.enum(['5', '6', '8', '9']),
      text: z.string(),
      how: z.string(),
      documents: z.array(z.string()).min(1),
    }),
  ),
});
export type FoundingDocument = Readonly<z.infer<typeof foundingDocument>>;

const titles = {
  '5': 'Practice (prassi da proporre per la messa a regime)',
  '6': 'Objectives (obiettivi)',
  '8': 'Expected results (risultati attesi)',
  '9': 'Quality indicators (indicatori di qualità)',
} as const;

export async function readFoundingDocument(): Promise<FoundingDocument> {
  return foundingDocument.parse(JSON.parse(await readFile(foundingDocumentFile, 'utf8')));
}

/** The page, and the lines whose documents do not exist. */
export function createFoundingPage(
  { lines }: FoundingDocument,
  documents: readonly Pick<Example, 'name' | 'text'>[],
): { readonly page: string; readonly problems: readonly string[] } {
  const textOf = new Map(documents.map(({ name, text }) => [name, text]));
  const named = [...new Set(lines.flatMap((line) => line.documents))].sort();
  const problems = named
    .filter((name) => !textOf.has(name))
    .map((name) => `founding-document.json names ${name}, and there is no such document`);
  const sections = Object.entries(titles).map(([section, title]) => {
    const rows = lines
      .filter((line) => line.section === section)
      .map(
        ({ text, how, documents: serving }) =>
          `| ${text} | ${how} | ${serving.map((name) => `[\`${name}\`](#${name})`).join(' ')} |`,
      );
    return `## Section ${section}: ${title}\n\n| what the document says | how it is served | documents |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const texts = named.map(
    (name) => `### ${name}\n\n\`\`\`graphql\n${(textOf.get(name) ?? '').trim()}\n\`\`\`\n`,
  );
  const page = [
    '# What the table was founded to do, and what serves it',
    '',
    'Written by "npm run generate" from `founding-document.json`; the journeys (`tests/e2e`) run every question on',
    'this page and, in a meeting of the table, every change.',
    '',
    'Run one as a coordinator: `npx tavolo login --demo-account coordinator --purpose table-coordination`, then',
    "`npx tavolo run NAME --variables '{…}'`.",
    '',
    ...sections,
    '## The documents',
    '',
    ...texts,
  ].join('\n');
  return { page, problems };
}
