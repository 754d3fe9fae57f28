import { subgraphList, subgraphVersionText } from '@tavolo/registry-api';
import type { z } from 'zod';
import type { OtherSubgraph } from './subgraph-files.ts';

/** Asks the registry as whoever is logged in; rejects with an error whose message may be shown. */
export type AskRegistry = <Shape>(path: string, shape: z.ZodType<Shape>) => Promise<Shape>;

/** At once: a registry is a small server, and it has other callers. */
const concurrency = 4;

/** Every subgraph in the graph with its text; `known` are those of last time, asked again only if changed. */
export async function readRegistry(
  ask: AskRegistry,
  known: readonly OtherSubgraph[],
): Promise<readonly OtherSubgraph[]> {
  const { items } = await ask('/subgraphs', subgraphList);
  const wanted = items.flatMap(({ name, owner, version, url }) =>
    version === null || url === null ? [] : [{ name, owner, version, url }],
  );
  const read: OtherSubgraph[] = [];
  for (let from = 0; from < wanted.length; from += concurrency) {
    const some = wanted.slice(from, from + concurrency).map(async (each) => {
      const kept = known.find(
        ({ name, version }) => name === each.name && version === each.version,
      );
      if (kept) return { ...each, files: kept.files };
      const path = `/subgraphs/${encodeURIComponent(each.name)}/versions/${each.version}`;
      return { ...each, files: (await ask(path, subgraphVersionText)).files };
    });
    read.push(...(await Promise.all(some)));
  }
  return read;
}
