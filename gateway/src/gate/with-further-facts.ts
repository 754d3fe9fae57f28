import type { Logger } from '@tavolo/process-kit';
import {
  documentHash,
  factDocuments,
  readFurtherFacts,
  type TrustedDocument,
} from '@tavolo/schemas';
import { stripIgnoredCharacters } from 'graphql';

/**
 * The manifest, and the operations of the fact files in `folder` that fit the supergraph; those that do not are left
 * out and named in the log.
 */
export async function withFurtherFacts(
  manifest: ReadonlyMap<string, TrustedDocument>,
  folder: string | undefined,
  supergraphSdl: string,
  logger: Logger,
): Promise<ReadonlyMap<string, TrustedDocument>> {
  if (folder === undefined) return manifest;
  const { facts, problems } = await readFurtherFacts(folder, supergraphSdl);
  for (const problem of problems) {
    logger.warn({ ...problem }, 'a further fact is left out: its operation is no trusted document');
  }
  const further = factDocuments(facts).map(
    ({ name, text }) =>
      [documentHash(text), { name, document: stripIgnoredCharacters(text) }] as const,
  );
  // What the manifest has stays what it is.
  return new Map([...further, ...manifest]);
}
