import { findingExplanations } from './explanations/finding-explanations.ts';
import type { Finding } from './finding.ts';

/** What somebody answered for: this code at this coordinate of this subgraph is no longer an error. */
export interface Waiver {
  readonly subgraph: string;
  readonly code: string;
  readonly coordinate: string;
}

/** Findings that are waived stay to be read, as notes; what cannot be waived is not. */
export function waive(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
): readonly Finding[] {
  const waived = new Set(waivers.map(keyOf));
  return findings.map((finding) => {
    const { code, coordinate, place } = finding;
    if (coordinate === null || !place || !findingExplanations[code]?.isWaivable) return finding;
    return waived.has(keyOf({ subgraph: place.subgraph, code, coordinate }))
      ? { ...finding, severity: 'NOTE' }
      : finding;
  });
}

function keyOf({ subgraph, code, coordinate }: Waiver): string {
  return `${subgraph}\n${code}\n${coordinate}`;
}
