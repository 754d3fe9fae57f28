import { z } from 'zod';
import { UsageError } from '../cli-error.ts';
import { hubDocuments } from './hub-documents.ts';

const manifest = z.object({
  documents: z.record(z.string(), z.object({ name: z.string(), document: z.string() })),
});

/** The names of the documents that run by their hash, in order. */
export async function documentNames(): Promise<string[]> {
  const { documents } = await read();
  return Object.values(documents)
    .map(({ name }) => name)
    .sort();
}

/** A document of the hub: what it is asked by, and what it says. */
export interface FoundDocument {
  readonly hash: string;
  readonly text: string;
}

/** The document of that name; one the hub does not know is refused. */
export async function findDocument(wanted: string): Promise<FoundDocument> {
  const { documents } = await read();
  const found = Object.entries(documents).find(([, { name }]) => name === wanted);
  if (!found) {
    throw new UsageError(
      `the hub has no document of that name; tavolo run --list names the ${Object.keys(documents).length} it has`,
    );
  }
  return { hash: found[0], text: found[1].document };
}

async function read() {
  return manifest.parse(JSON.parse((await hubDocuments()).trustedDocuments));
}
