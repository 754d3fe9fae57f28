import type { PublicationResult } from '@tavolo/registry-api';
import type { Basis } from './basis.ts';

/** The answer when the graph is already what was asked for. */
export function unchangedResult(
  { release }: Pick<Basis, 'release'>,
  subgraphs: PublicationResult['subgraphs'],
): PublicationResult {
  return {
    sequence: null,
    supergraphId: release?.id ?? null,
    subgraphs,
    report: {
      verdict: 'PASSED',
      findings: [],
      moreFindings: 0,
      changes: [],
      moreChanges: 0,
      supergraphId: release?.id ?? null,
      milliseconds: 0,
    },
  };
}
