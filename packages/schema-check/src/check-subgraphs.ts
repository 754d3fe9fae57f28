import { composeSubgraphs } from './compose-subgraphs.ts';
import type { Finding } from './finding.ts';
import type { SubgraphSource } from './subgraph-source.ts';

/** What somebody answered for: this code at this coordinate of this subgraph is no longer an error. */
export interface Waiver {
  readonly subgraph: string;
  readonly code: string;
  readonly coordinate: string;
}

export interface SubgraphsToCheck {
  /** Judged by the rules of the house, all of them as if published at once. */
  readonly submitted: readonly SubgraphSource[];
  /** Those in the graph; one that has the name of a submitted one gives way to it. */
  readonly others: readonly SubgraphSource[];
  /** Every partner's id that `@owner` may name; `hub` is always known. */
  readonly partners: readonly string[];
  /** Those in force now. */
  readonly waivers: readonly Waiver[];
}

export interface SubgraphsChecked {
  /** By subgraph, file and line. */
  readonly findings: readonly Finding[];
  /** Null when they do not compose. */
  readonly supergraphSdl: string | null;
}

/** Judges schemas before anything is served from them; pure, synchronous and slow: for a worker thread. */
export function checkSubgraphs({ submitted, others }: SubgraphsToCheck): SubgraphsChecked {
  const names = new Set(submitted.map(({ name }) => name));
  const composed = composeSubgraphs([
    ...others.filter(({ name }) => !names.has(name)),
    ...submitted,
  ]);
  return composed.kind === 'composed'
    ? { findings: [], supergraphSdl: composed.supergraphSdl }
    : { findings: composed.findings, supergraphSdl: null };
}
