import { readFile } from 'node:fs/promises';
import { readExamples, supergraphFile, trustedDocumentsFile } from '@tavolo/schemas';
import type { HubDocuments } from './hub-documents.ts';

/** Reads them from the repository; not part of a bundle, which has what they were when it was made. */
export async function readHubDocuments(): Promise<HubDocuments> {
  const [supergraph, trustedDocuments, examples] = await Promise.all([
    readFile(supergraphFile, 'utf8'),
    readFile(trustedDocumentsFile, 'utf8'),
    readExamples(),
  ]);
  return {
    supergraph,
    trustedDocuments,
    examples: examples.map(({ name, text }) => ({ name, text })),
  };
}
