import { IDENTIFIER_KINDS } from '@tavolo/linkage';
import { z } from 'zod';

export interface DryRunScore {
  /** By the strongest rule that joins them, how many of the file's people would match somebody of the other. */
  readonly matchesByRule: Readonly<Record<string, number>>;
  /** People of the file who would match more than one of the other. */
  readonly ambiguous: number;
  readonly unmatched: number;
}

/** The part of a person's encoded record that the rule of equal identifiers needs. */
const withIdentifiers = z.object({
  identifiers: z.array(
    z.object({ kind: z.enum(IDENTIFIER_KINDS), keyId: z.string(), mac: z.string() }),
  ),
});

/**
 * How many people of one encoded file the index would join to the other's. Records are texts of JSON, as sent.
 * Only equal identifiers count here; names and dates are the matcher's, which takes this function's place.
 */
export function scoreDryRun(ours: readonly string[], theirs: readonly string[]): DryRunScore {
  const holders = new Map<string, Set<number>>();
  for (const [place, json] of theirs.entries()) {
    for (const { text } of identifiersOf(json)) {
      const places = holders.get(text) ?? new Set();
      holders.set(text, places.add(place));
    }
  }
  const matchesByRule = new Map<string, number>();
  let ambiguous = 0;
  let unmatched = 0;
  for (const json of ours) {
    const found = identifiersOf(json).filter(({ text }) => holders.has(text));
    const [first] = found;
    if (first === undefined) {
      unmatched += 1;
      continue;
    }
    matchesByRule.set(first.rule, (matchesByRule.get(first.rule) ?? 0) + 1);
    const places = new Set(found.flatMap(({ text }) => [...(holders.get(text) ?? [])]));
    if (places.size > 1) ambiguous += 1;
  }
  return { matchesByRule: Object.fromEntries(matchesByRule), ambiguous, unmatched };
}

/** The strongest kind first. */
function identifiersOf(json: string): { rule: string; text: string }[] {
  const { identifiers } = withIdentifiers.parse(JSON.parse(json));
  return identifiers
    .toSorted((a, b) => IDENTIFIER_KINDS.indexOf(a.kind) - IDENTIFIER_KINDS.indexOf(b.kind))
    .map(({ kind, keyId, mac }) => ({
      rule: `equal ${kind}`,
      text: `${kind}/${keyId}/${mac}`,
    }));
}
