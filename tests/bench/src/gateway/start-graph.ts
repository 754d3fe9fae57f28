import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeSupergraph } from './graph/compose-supergraph.ts';
import { graphResolvers } from './graph/resolvers.ts';
import { startMemorySubgraphs } from './graph/start-memory-subgraphs.ts';
import { protectedSdl, subgraphNames, subgraphSdl } from './graph/subgraph-sdl.ts';
import type { PeerSetting } from './peers/gateway-peer.ts';

/** The four subgraphs in this process, with what a gateway must be told of them. */
export interface BenchmarkGraph {
  readonly setting: Pick<PeerSetting, 'supergraphFile' | 'protectedSupergraphFile' | 'subgraphs'>;
  readonly fetches: () => number;
  close(): Promise<void>;
}

export async function startGraph(folder: string): Promise<BenchmarkGraph> {
  const subgraphs = subgraphNames.map((name) => ({
    name,
    sdl: subgraphSdl[name],
    resolvers: graphResolvers[name],
  }));
  const running = await startMemorySubgraphs(subgraphs);
  const supergraphFile = join(folder, 'supergraph.graphql');
  const protectedSupergraphFile = join(folder, 'protected-supergraph.graphql');
  await writeFile(supergraphFile, composeSupergraph(subgraphs, running.urls));
  await writeFile(
    protectedSupergraphFile,
    composeSupergraph(
      subgraphs.map(({ name, sdl }) => ({ name, sdl: protectedSdl(sdl) })),
      running.urls,
    ),
  );
  return {
    setting: {
      supergraphFile,
      protectedSupergraphFile,
      subgraphs: subgraphs.map(({ name, sdl }) => ({ name, sdl, url: running.urls[name] ?? '' })),
    },
    fetches: () => running.fetches,
    close: () => running.close(),
  };
}
