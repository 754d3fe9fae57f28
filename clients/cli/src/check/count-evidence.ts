import type { Evidence } from '../encoding/evidence-of.ts';

/** How many people would have what a link can rest on. */
export interface EvidenceCounts {
  readonly identifiers: Readonly<Record<string, number>>;
  readonly skeletonKeys: Readonly<Record<string, number>>;
  /** People with a filter of their attributes (CLK). */
  readonly filter: number;
  /** People whom nothing could link. */
  readonly none: number;
}

export interface EvidenceCounter {
  add(evidence: Evidence): void;
  counts(): EvidenceCounts;
}

export function createEvidenceCounter(): EvidenceCounter {
  const identifiers = new Map<string, number>();
  const skeletonKeys = new Map<string, number>();
  let filter = 0;
  let none = 0;
  const count = (tally: Map<string, number>, names: ReadonlySet<string>): void => {
    for (const name of names) tally.set(name, (tally.get(name) ?? 0) + 1);
  };
  return {
    add(evidence) {
      count(identifiers, evidence.identifierKinds);
      count(skeletonKeys, evidence.skeletonKinds);
      if (evidence.hasFilter) filter += 1;
      const isNone =
        evidence.identifierKinds.size + evidence.skeletonKinds.size === 0 && !evidence.hasFilter;
      if (isNone) none += 1;
    },
    counts: () => ({
      identifiers: Object.fromEntries(identifiers),
      skeletonKeys: Object.fromEntries(skeletonKeys),
      filter,
      none,
    }),
  };
}
