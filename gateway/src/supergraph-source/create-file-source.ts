import { readFile } from 'node:fs/promises';
import type { SupergraphSource, TakeSupergraph } from './supergraph-source.ts';

/** A file, read at the start and whenever it is asked for anew; a start without a good one is none. */
export function createFileSource(file: string): SupergraphSource {
  let take: TakeSupergraph | undefined;

  async function reload(): Promise<'reloaded' | 'unchanged'> {
    if (!take) throw new Error('a source that was not started');
    return take(await readFile(file, 'utf8'));
  }

  return {
    async start(serve) {
      take = serve;
      await reload();
    },
    reload,
    standing: { source: 'file', sequence: null, refused: null, kept: null },
    close: async () => undefined,
  };
}
