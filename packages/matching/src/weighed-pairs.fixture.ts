import type { EncodedIdentifier, LinkablePerson } from './linkable-person.ts';
import type { PairEvidence } from './pair-evidence.ts';
import type { ResolveOptions, WeighedPair } from './resolution.ts';

/** Nobody decided anything, and one pair in three thousand is one person. */
export const OPTIONS: ResolveOptions = {
  thresholds: { link: 0.95, review: 0.05 },
  decisions: [],
  carried: [],
  priorOf: () => -8,
};

const ATTRIBUTES = {
  keyId: 'k',
  isYearOnly: false,
  isOneWord: false,
  filters: [new Uint8Array(128), new Uint8Array(128), new Uint8Array(128)],
  checks: [
    { sex: null, citizenship: null },
    { sex: null, citizenship: null },
    { sex: null, citizenship: null },
  ],
  skeletons: [],
} as const;

/** A record with a name, `ref` begins with its institution: `a1` is a record of `a`. */
export function person(ref: string, ...identifiers: EncodedIdentifier[]): LinkablePerson {
  return { ref, source: ref.charAt(0), identifiers, attributes: ATTRIBUTES };
}

/** A pair that weighs `attributes`. */
export function pair(
  a: LinkablePerson,
  b: LinkablePerson,
  attributes: number | null,
  evidence: Partial<PairEvidence> = {},
): WeighedPair {
  return {
    a,
    b,
    attributes,
    household: 0,
    evidence: {
      sharedIdentifiers: [],
      vetoes: [],
      skeletons: [],
      nameSimilarity: attributes === null ? null : 0.9,
      date: attributes === null ? null : 'SAME',
      sex: 'UNKNOWN',
      citizenship: 'UNKNOWN',
      isOneWord: false,
      ...evidence,
    },
  };
}

/** The groups as one text: `a1=b1 c1`. */
export function together(groups: readonly (readonly string[])[]): string {
  return groups
    .map((group) => [...group].sort().join('='))
    .sort()
    .join(' ');
}
