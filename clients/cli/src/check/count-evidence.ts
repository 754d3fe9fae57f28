import {
  IDENTIFIER_KINDS,
  type IdentifierKind,
  SKELETON_KINDS,
  type SkeletonKind,
} from '@tavolo/linkage';
import type { Evidence } from '../encoding/evidence-of.ts';

/** How many people would have what a link can rest on. */
export interface EvidenceCounts {
  /** By kind, the strongest first. */
  readonly identifiers: Readonly<Record<string, number>>;
  readonly skeletonKeys: Readonly<Record<string, number>>;
  /** People with filters of name and birth date. */
  readonly filters: number;
  /** People whom nothing could link. */
  readonly none: number;
}

export interface EvidenceCounter {
  add(evidence: Evidence): void;
  counts(): EvidenceCounts;
}

export function createEvidenceCounter(): EvidenceCounter {
  const identifiers = new Map<IdentifierKind, number>();
  const skeletonKeys = new Map<SkeletonKind, number>();
  let filters = 0;
  let none = 0;
  const count = <Kind>(tally: Map<Kind, number>, names: ReadonlySet<Kind>): void => {
    for (const name of names) tally.set(name, (tally.get(name) ?? 0) + 1);
  };
  return {
    add(evidence) {
      count(identifiers, evidence.identifierKinds);
      count(skeletonKeys, evidence.skeletonKinds);
      if (evidence.hasFilters) filters += 1;
      const isNone =
        evidence.identifierKinds.size + evidence.skeletonKinds.size === 0 && !evidence.hasFilters;
      if (isNone) none += 1;
    },
    counts: () => ({
      identifiers: inOrder(IDENTIFIER_KINDS, identifiers),
      skeletonKeys: inOrder(SKELETON_KINDS, skeletonKeys),
      filters,
      none,
    }),
  };
}

function inOrder<Kind extends string>(
  kinds: readonly Kind[],
  counts: ReadonlyMap<Kind, number>,
): Record<string, number> {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const count = counts.get(kind);
      return count === undefined ? [] : [[kind, count]];
    }),
  );
}
