import type { Finding } from './finding.ts';
import { createJudged } from './judged.ts';
import { type ReadSubgraph, readSubgraph } from './read-subgraph.ts';
import { findCompositionProblems } from './rules/find-composition-problems.ts';
import { runComposer } from './run-composer.ts';
import type { SubgraphSource } from './subgraph-source.ts';

export type Composition =
  | { readonly kind: 'composed'; readonly supergraphSdl: string }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Composes subgraphs as they are, without the rules of the house; a refusal says why, where and whose. */
export function composeSubgraphs(subgraphs: readonly SubgraphSource[]): Composition {
  const readings = subgraphs.map(readSubgraph);
  const unreadable = readings.flatMap((reading) =>
    reading.kind === 'unreadable' ? reading.findings : [],
  );
  if (unreadable.length > 0) return { kind: 'refused', findings: unreadable };
  const read = readings.flatMap((reading) => (reading.kind === 'read' ? [reading.subgraph] : []));
  return composeRead(read, []);
}

/** The same of what was read already; `submitted` are those whose places come first. */
export function composeRead(
  submitted: readonly ReadSubgraph[],
  others: readonly ReadSubgraph[],
): Composition {
  const composed = runComposer([...others, ...submitted]);
  if (composed.kind === 'composed') return composed;
  const judged = createJudged(submitted, others, [], null);
  return { kind: 'refused', findings: findCompositionProblems(judged, composed.problems) };
}
