import type { SdlFile, SubgraphSource } from '@tavolo/schema-check';

/** The SDL of a subgraph in one text, as its files are joined when it is composed. */
export const joinedSdl = (files: readonly SdlFile[]): string =>
  files.map(({ text }) => text).join('\n');

/** Another institution's subgraph, as the registry holds it. */
export interface OtherSubgraph extends SubgraphSource {
  readonly version: number;
}
