import { readFile } from 'node:fs/promises';
import {
  createFactGraph,
  type Fact,
  type FactGraph,
  readFacts as readFactFiles,
} from '@tavolo/facts';
import { readClientSchema, readDecisions } from '@tavolo/schema-check';
import type { Example } from './read-examples.ts';
import { factsFolder, supergraphFile } from './supergraph-file.ts';

/** The graph as fact files are checked against it. */
export function factGraphOf(supergraphSdl: string): FactGraph {
  return createFactGraph(
    supergraphSdl,
    readClientSchema(supergraphSdl),
    readDecisions(supergraphSdl),
  );
}

/** Every fact of the hub, checked against the composed graph; throws a `FactError` when one does not fit. */
export async function readFacts(): Promise<readonly Fact[]> {
  return readFactFiles(factsFolder, factGraphOf(await readFile(supergraphFile, 'utf8')));
}

/** The facts' operations, as documents that run by their hash for the purpose the table loads facts for. */
export function factDocuments(facts: readonly Fact[]): readonly Example[] {
  return facts.map(({ name, document }) => ({
    name: `fact-${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
    text: document,
    purpose: 'table-facts',
  }));
}
