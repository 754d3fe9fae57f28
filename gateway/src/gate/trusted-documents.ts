import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '@tavolo/process-kit';
import { misfitsOf, type TrustedDocument } from '@tavolo/schemas';
import type { Supergraph } from '../supergraph/read-supergraph.ts';

/** A trusted document and whether the graph of the question holds it. */
export interface JudgedDocument {
  readonly document: TrustedDocument;
  /** Why it cannot be run on this graph; `undefined` when it can. */
  readonly misfit: string | undefined;
}

/** The documents that run by their hash, judged for each supergraph version. */
export interface TrustedDocuments {
  /** Judges all of them before anybody asks; those that do not fit are named in the log and stop nothing. */
  prepare(supergraph: Supergraph): Promise<void>;
  find(supergraph: Supergraph, hash: string): JudgedDocument | undefined;
  /** The texts of those that fit. */
  texts(supergraph: Supergraph): readonly string[];
}

/** `read` is called for every version: further documents may have come with it. */
export function createTrustedDocuments(
  read: (supergraph: Supergraph) => Promise<ReadonlyMap<string, TrustedDocument>>,
  logger: Logger,
): TrustedDocuments {
  const versions = new WeakMap<Supergraph, ReadonlyMap<string, JudgedDocument>>();
  return {
    async prepare(supergraph) {
      const judged = new Map<string, JudgedDocument>();
      for (const [hash, document] of await read(supergraph)) {
        const [misfit] = misfitsOf(document, supergraph.clientSchema);
        judged.set(hash, { document, misfit });
        if (misfit !== undefined) {
          logger.warn(
            { document: document.name, why: misfit },
            'a trusted document does not fit the graph: it is refused until one does',
          );
        }
        // Requests are being answered meanwhile.
        await nextTurn();
      }
      versions.set(supergraph, judged);
    },
    texts: (supergraph) =>
      [...(versions.get(supergraph)?.values() ?? [])].flatMap(({ document, misfit }) =>
        misfit === undefined ? [document.document] : [],
      ),
    find: (supergraph, hash) => versions.get(supergraph)?.get(hash),
  };
}
